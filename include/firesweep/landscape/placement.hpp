#pragma once

#include <optional>
#include <string>

#include "firesweep/model/grid.hpp"

namespace firesweep {

/// Where a grid lies on the ground, in a projected coordinate system. Rows run from north to south.
struct Placement {
  double west = 0.0;           ///< of the upper left corner of the grid [unit of the CRS]
  double north = 0.0;          ///< of the same
  double cell_width = 1.0;     ///< [unit of the CRS], > 0
  double cell_height = 1.0;    ///< [unit of the CRS], > 0
  double metres_per_unit = 1;  ///< of the CRS
  std::string crs = {};        ///< as WKT; empty: nobody has named it
  double convergence = 0.0;    ///< true north at the centre [degrees clockwise of grid north], to 0.001

  /// The lower edge of a grid of that size, in the unit of the CRS.
  double south(Extent extent) const { return north - cell_height * extent.height; }
  bool has_square_cells() const { return cell_width == cell_height; }

  friend bool operator==(const Placement&, const Placement&) = default;
};

/// The cell that a place on the map lies in, nothing outside of the grid; as cell_at(Extent, ..) on its borders.
inline std::optional<Cell> cell_at(const Placement& place, Extent extent, double east, double north) {
  return cell_at(extent, (east - place.west) / place.cell_width, (place.north - north) / place.cell_height);
}

/// Cells of so many metres, the lower left corner of the grid at (west, south), in a system that nobody has named.
inline Placement placement_of(Extent extent, double cell_size, double west, double south) {
  return {.west = west,
          .north = south + cell_size * extent.height,
          .cell_width = cell_size,
          .cell_height = cell_size};
}

/// Absent: nobody has said where it lies. Cells then have a side of 1, without a unit, and the lower left
/// corner is 0, 0.
using MaybePlacement = std::optional<Placement>;

}  // namespace firesweep
