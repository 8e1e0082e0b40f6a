#pragma once

#include <algorithm>
#include <cstddef>

#include "firesweep/model/grid.hpp"

namespace firesweep {

/// The side of a cell in a picture of the whole landscape [pixels]: the longer side has at least 480.
inline std::size_t pixels_of_cell(Extent extent) {
  constexpr std::size_t fair_side = 480;
  const std::size_t longer = std::max(extent.width, extent.height);
  return (fair_side + longer - 1) / longer;
}

}  // namespace firesweep
