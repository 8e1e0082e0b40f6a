#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "firesweep/files/export_file.hpp"
#include "firesweep/render/map_files.hpp"

namespace firesweep {

void write_map_grid(const std::string& path, const ProbabilityMap& map) {
  ExportFile file(path);
  const Placement place = map.placement.value_or(placement_of(map.extent, 1.0, 0.0, 0.0));
  file.write(fmt::format("ncols {}\nnrows {}\nxllcorner {}\nyllcorner {}\ncellsize {}\nNODATA_value -9999\n",
                         map.extent.width, map.extent.height, place.west, place.south(map.extent),
                         place.cell_width));
  fmt::memory_buffer row;
  for (std::uint32_t y = 0; y < map.extent.height; ++y) {
    row.clear();
    for (std::uint32_t x = 0; x < map.extent.width; ++x) {
      const float value = map.values[map.extent.index({x, y})];
      if (std::isnan(value)) {
        row.append(std::string_view("-9999"));
      } else {
        fmt::format_to(std::back_inserter(row), "{}", value);
      }
      row.push_back(x + 1 < map.extent.width ? ' ' : '\n');
    }
    file.write({row.data(), row.size()});
  }
  file.publish();
}

}  // namespace firesweep
