#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "firesweep/model/grid.hpp"

namespace firesweep {

/// How light the ground is [1], shape (height, width), with the sun in the map's north-west and 45 degrees high: the
/// cosine of the angle between its rays and the ground's normal, 0 in its own shadow, 0.707 where the ground is level;
/// NaN where `elevation` [m], shape (height, width), is. Rows run from north to south. Heights count `exaggeration`
/// times.
///
/// Slopes are weighted means 1, 2, 1 of the differences in three rows and columns, one-sided at the edge and beside cells
/// without elevation.
/// Source: B. K. P. Horn, "Hill shading and the reflectance map", Proceedings of the IEEE 69 (1981) 14-47.
std::vector<float> hillshade(Extent extent, std::span<const float> elevation, CellSize cell,
                             double exaggeration = 1.0);

/// Pictures shade the ground in so many levels, from the darkest up.
inline constexpr std::size_t relief_levels = 8;
inline constexpr std::uint8_t level_ground =
    4;  ///< of what neither faces the sun nor turns away, and of what is not known

/// The level of a light that hillshade() gives.
std::uint8_t relief_level(float light);

/// The levels of all cells, shape (height, width), of ground that is twice as steep as it is, as slopes of real ground
/// are hardly seen otherwise; empty without elevation.
std::vector<std::uint8_t> relief_of(Extent extent, std::span<const float> elevation, CellSize cell);

}  // namespace firesweep
