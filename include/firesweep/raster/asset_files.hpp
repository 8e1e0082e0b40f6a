#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firesweep/landscape/assets.hpp"
#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"
#include "firesweep/raster/landscape_files.hpp"

namespace firesweep {

/// What the cells of a raster hold where it is more than 0; cells without data hold nothing. The raster has the grid of
/// the landscape; without a placement as many cells. Throws InputError, with the command that mends it where there is
/// one, as read_landscape() does as far as the file goes, and for a value below 0, by row and column.
std::vector<CellValue> read_asset_raster(const RasterFile& file, Extent extent,
                                         const MaybePlacement& placement);

/// The cells whose centre lies inside of a polygon of the file (GeoJSON, GeoPackage, shapefile), by index. Throws
/// InputError as read_perimeter() does, and if there is no such cell.
std::vector<std::uint64_t> read_asset_polygons(const std::string& path, Extent extent,
                                               const MaybePlacement& placement);

}  // namespace firesweep
