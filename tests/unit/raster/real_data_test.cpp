#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "firesweep/raster/landscape_files.hpp"

#include "../catch.hpp"

namespace firesweep {
namespace {

constexpr std::uint64_t plenty = std::numeric_limits<std::uint64_t>::max();

/// The folder of public rasters, which is not part of the sources; empty, with a word, where there is none.
std::string public_data() {
  const char* folder = std::getenv("FIRESWEEP_PUBLIC_DATA");
  if (folder == nullptr) WARN("SKIPPED: FIRESWEEP_PUBLIC_DATA names no folder of public rasters");
  return folder == nullptr ? "" : folder;
}

TEST_CASE("LANDFIRE's rasters of a part of Vermont are read where they lie") {
  const std::string data = public_data();
  if (data.empty()) return;
  LandscapeFiles files;
  files.fuel = {data + "/landfire_vermont/LC22_F40_230.tif", ""};
  files.elevation = {data + "/landfire_vermont/LC20_Elev_220.tif", ""};
  const ReadLandscape read = read_landscape(files, plenty);
  CHECK(read.layers.extent == Extent{549, 613});
  CHECK(read.placement.west == 1'833'825.0);
  CHECK(read.placement.north == 2'617'605.0);
  CHECK(read.placement.cell_width == 30.0);
  CHECK(read.placement.cell_height == 30.0);
  // Albers: n (longitude - longitude of origin), n = 0.602903 of its parallels 29.5 and 45.5 on GRS 80
  CHECK(read.placement.convergence == Approx(-0.602903 * (96.0 - 72.573208)).margin(0.001));
  CHECK(read.facts.crs_name.find("Albers") != std::string::npos);
  const double land =
      static_cast<double>(read.facts.land_cells) / static_cast<double>(read.layers.extent.cells());
  CHECK(land == Approx(0.68).margin(0.02));
  CHECK(read.facts.codes.front().code == 91);
  CHECK(read.facts.highest.value_or(0.0F) > 500.0F);
  CHECK(read.inputs.size() == 2);
  CHECK(read.inputs[0].sha256.size() == 64);
  for (const Problem& warning : read.warnings) WARN(to_string(warning.where) << ": " << warning.message);
}

}  // namespace
}  // namespace firesweep
