#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"

namespace firesweep {

/// The side of a cell in a picture of the whole landscape [pixels]: the longer side has at least 480.
inline std::size_t pixels_of_cell(Extent extent) {
  constexpr std::size_t fair_side = 480;
  const std::size_t longer = std::max(extent.width, extent.height);
  return (fair_side + longer - 1) / longer;
}

/// The sides of a cell on the ground; 1 where nobody has said them.
inline CellSize cell_size_of(const MaybePlacement& placement) {
  if (!placement) return {};
  return {placement->cell_width * placement->metres_per_unit,
          placement->cell_height * placement->metres_per_unit};
}

/// The sides of a cell in a picture [pixels].
struct PixelSides {
  std::size_t width = 1;
  std::size_t height = 1;
};

/// Sides in proportion to those on the ground, as far as whole pixels can be; the shorter has `least`.
inline PixelSides in_proportion(std::size_t least, const MaybePlacement& placement) {
  if (!placement || placement->has_square_cells()) return {least, least};
  const double width = placement->cell_width;
  const double height = placement->cell_height;
  const double scale = static_cast<double>(least) / std::min(width, height);
  return {static_cast<std::size_t>(std::lround(scale * width)),
          static_cast<std::size_t>(std::lround(scale * height))};
}

/// The same in a picture of the whole landscape.
inline PixelSides pixels_of_cell(Extent extent, const MaybePlacement& placement) {
  return in_proportion(pixels_of_cell(extent), placement);
}

}  // namespace firesweep
