#include "firesweep/raster/asset_files.hpp"

#include <memory>
#include <optional>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"

#include "ground.hpp"
#include "layer.hpp"
#include "polygons.hpp"
#include "raster_source.hpp"

namespace firesweep {

std::vector<CellValue> read_asset_raster(const RasterFile& file, Extent extent,
                                         const MaybePlacement& placement) {
  const std::unique_ptr<RasterSource> source = open_raster(file, LayerKind::assets);
  const RasterHeader& header = source->header();
  if (placement) {
    expect_same_grid("the landscape", extent, *placement, header, LayerKind::assets);
  } else if (header.extent != extent) {
    throw InputError(fmt::format("{}: has {} x {} cells, and the landscape {} x {}", file.path,
                                 header.extent.width, header.extent.height, extent.width, extent.height));
  }
  return read_amounts(*source, header.transform && (*header.transform)[5] > 0.0);
}

std::vector<std::uint64_t> read_asset_polygons(const std::string& path, Extent extent,
                                               const MaybePlacement& placement) {
  const std::optional<std::vector<std::uint8_t>> inside = cells_of_polygons(path, extent, placement);
  if (!inside)
    throw InputError(fmt::format("{}: is no file of polygons (GeoJSON, GeoPackage or shapefile)", path));
  std::vector<std::uint64_t> cells;
  for (std::uint64_t cell = 0; cell < inside->size(); ++cell)
    if ((*inside)[cell] != 0) cells.push_back(cell);
  if (cells.empty())
    throw InputError(fmt::format(
        "{}: no centre of a cell is inside of its polygons; give the cells that are meant instead (cells: or "
        "at:)",
        path));
  return cells;
}

}  // namespace firesweep
