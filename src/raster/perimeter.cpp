#include "firesweep/raster/perimeter.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"

#include "ground.hpp"
#include "layer.hpp"
#include "polygons.hpp"
#include "raster_source.hpp"
#include "remedy.hpp"

namespace firesweep {
namespace {

std::vector<std::uint8_t> burnt_of_raster(const std::string& path, Extent extent,
                                          const MaybePlacement& placement) {
  const std::unique_ptr<RasterSource> source = open_raster({path, ""}, LayerKind::perimeter);
  const RasterHeader& header = source->header();
  if (placement) {
    expect_same_grid("the map", extent, *placement, header, LayerKind::perimeter);
  } else if (header.extent != extent) {
    throw InputError(fmt::format("{}: has {} x {} cells, and the map {} x {}", path, header.extent.width,
                                 header.extent.height, extent.width, extent.height));
  }
  return read_burnt(*source, header.transform && (*header.transform)[5] > 0.0);
}

bool has(const std::vector<std::uint8_t>& burnt, std::uint8_t value) {
  return std::ranges::find(burnt, value) != burnt.end();
}

}  // namespace

std::vector<std::uint8_t> read_perimeter(const std::string& path, Extent extent,
                                         const MaybePlacement& placement) {
  std::optional<std::vector<std::uint8_t>> burnt = cells_of_polygons(path, extent, placement);
  const bool is_raster = !burnt;
  if (is_raster) burnt = burnt_of_raster(path, extent, placement);
  if (!has(*burnt, 1)) {
    throw InputError(
        fmt::format("{}: no cell of the map burnt in it ({})", path,
                    is_raster ? "burnt cells are 1" : "no centre of a cell is inside of its polygons"));
  }
  if (!has(*burnt, 0)) {
    throw InputError(fmt::format("{}: no cell of the map is left unburnt in it{}", path,
                                 is_raster && has(*burnt, unknown_burnt)
                                     ? " (if its nodata value is 0, as gdal_rasterize sets it, take that "
                                       "away: gdal_translate -a_nodata none " +
                                           from_to(path, "-known.tif") + ")"
                                     : ""));
  }
  return std::move(*burnt);
}

}  // namespace firesweep
