#pragma once

#include <optional>
#include <string>

namespace firesweep {

/// Where a grid lies on the ground, in a projected coordinate system. Rows run from north to south.
struct Placement {
  double west = 0.0;           ///< of the upper left corner of the grid [unit of the CRS]
  double north = 0.0;          ///< of the same
  double cell_width = 1.0;     ///< [unit of the CRS], > 0
  double cell_height = 1.0;    ///< [unit of the CRS], > 0
  double metres_per_unit = 1;  ///< of the CRS
  std::string crs;             ///< as WKT; empty: nobody has named it
  double convergence = 0.0;    ///< true north at the centre [degrees clockwise of grid north], to 0.001

  friend bool operator==(const Placement&, const Placement&) = default;
};

/// Absent: nobody has said where it lies. Cells then have a side of 1, without a unit, and the lower left
/// corner is 0, 0.
using MaybePlacement = std::optional<Placement>;

}  // namespace firesweep
