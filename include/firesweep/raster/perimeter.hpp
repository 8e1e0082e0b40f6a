#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firesweep/model/grid.hpp"
#include "firesweep/model/placement.hpp"

namespace firesweep {

/// What a file says of each cell's fire, shape (height, width): 0 not burnt, 1 burnt, 255 not known. The file
/// is a raster of the same grid, or polygons, inside of which a cell is burnt if its centre is. Throws InputError,
/// naming the file, if it cannot be read or lies in another coordinate system or off the grid.
std::vector<std::uint8_t> read_perimeter(const std::string& path, Extent extent,
                                         const MaybePlacement& placement);

}  // namespace firesweep
