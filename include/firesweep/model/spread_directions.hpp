#pragma once

#include <array>

#include "firesweep/model/grid.hpp"
#include "firesweep/model/spread.hpp"

namespace firesweep {

/// Where a neighbour lies, seen from the cell.
struct NeighbourOffset {
  int dx;
  int dy;
};

/// The neighbours of a cell, row by row. Bit i of a set of burning neighbours is neighbours[i].
inline constexpr std::array<NeighbourOffset, 8> neighbours = {
    {{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}}};

/// A factor for the fire that comes from each of the neighbours.
using ByNeighbour = std::array<double, neighbours.size()>;

/// Returns D_d, what the wind makes of the spread from a neighbour [1], where d leads from it to the cell:
///
///     e_d = exp(k W (cos(angle between d and where the wind blows to) - 1)),  k = wind_directionality
///     D_d = e_d / mean of e over all d      Form::firesweep: the wind turns a fire and takes nothing from it
///     D_d = e_d                             Form::alexandridis
///
/// Directions are those between the centres of cells of `size`. `convergence` is where true north lies [degrees
/// clockwise of the grid's north].
/// Source: e_d is of Alexandridis et al. 2008, see Alexandridis.
ByNeighbour wind_factors(const Weather& weather, const SpreadParameters& parameters, CellSize size,
                         double convergence);

/// Returns S_d = exp(slope_coefficient angle), what the slope of a cell makes of the spread from a neighbour [1], with the
/// angle of the ground along d [degrees], within +-45.
/// Source: I. R. Noble, G. A. V. Bary, A. M. Gill, "McArthur's fire-danger meters expressed as equations", Australian
/// Journal of Ecology 5 (1980) 201-203: 0.069 doubles the spread every 10 degrees.
ByNeighbour slope_factors(Gradient gradient, double slope_coefficient, CellSize size);

}  // namespace firesweep
