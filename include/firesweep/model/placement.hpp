#pragma once

#include <optional>

namespace firesweep {

/// Where a landscape lies on the ground, in a projected coordinate system that nobody has named.
struct Placement {
  double cell_size = 1.0;  ///< side of a cell [m], above 0
  double east = 0.0;       ///< of the lower left corner of the grid [m]
  double north = 0.0;      ///< of the same [m]
};

/// Absent: nobody has said where it lies. Cells then have a side of 1, without a unit, and the corner is 0,
/// 0.
using MaybePlacement = std::optional<Placement>;

}  // namespace firesweep
