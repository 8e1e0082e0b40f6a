#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"

namespace firesweep {

/// What a file says of each cell's fire, shape (height, width): 0 not burnt, 1 burnt, 255 not known. The file is a
/// raster of the same grid that holds 0 and 1, or polygons (GeoJSON, GeoPackage, shapefile), inside of which a cell is
/// burnt if its centre is. Throws InputError, with the command that mends it where there is one, if the file cannot be
/// read, lies in another coordinate system or off the grid, holds anything else, or says of no cell that it burnt or of
/// none that it did not. Without a placement only a raster of as many cells is taken.
std::vector<std::uint8_t> read_perimeter(const std::string& path, Extent extent,
                                         const MaybePlacement& placement);

}  // namespace firesweep
