#pragma once

#include <string>
#include <vector>

#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"
#include "firesweep/raster/landscape_files.hpp"

namespace firesweep {

/// How likely fires are to start in a cell, seen from the others.
struct ReadDensity {
  std::vector<float> values;  ///< shape (height, width), from north to south; NaN where there is no data
  std::string sha256;         ///< of the file, in hexadecimal
};

/// Reads a raster of the grid of a landscape. Throws InputError, with the command that mends it where there is one, if
/// the file cannot be read, lies in another coordinate system or off the grid, holds a number below 0 or one that is not
/// finite, or none above 0. Without a placement only a raster of as many cells is taken.
ReadDensity read_density(const RasterFile& file, Extent extent, const MaybePlacement& placement);

}  // namespace firesweep
