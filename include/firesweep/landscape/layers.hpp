#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "firesweep/model/grid.hpp"

namespace firesweep {

/// The fuel code of a cell that a raster has no data for: no land, which never burns and is never counted.
inline constexpr std::int32_t missing_fuel = std::numeric_limits<std::int32_t>::min();

/// What rasters say about one grid, as it was read: row by row from the north, each row from the west.
struct LandscapeLayers {
  Extent extent;
  std::vector<std::int32_t> fuel;  ///< codes, shape (height, width), missing_fuel where there is none; empty
                                   ///< without a fuel raster: one class everywhere
  std::vector<float> elevation;    ///< [m], shape (height, width), NaN where there is none; empty: flat

  friend bool operator==(const LandscapeLayers&, const LandscapeLayers&) = default;
};

}  // namespace firesweep
