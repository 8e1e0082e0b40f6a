#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "firesweep/model/grid.hpp"

namespace firesweep {

/// Ignition at these cells, in this order.
using IgnitionPoints = std::vector<Cell>;

/// Ignition at `count` distinct cells, drawn anew for every seed.
struct RandomIgnition {
  std::uint32_t count = 0;

  friend bool operator==(const RandomIgnition&, const RandomIgnition&) = default;
};

using IgnitionSet = std::variant<IgnitionPoints, RandomIgnition>;

/// What happens to an ignition point on an empty cell.
enum class OnBareGround : std::uint8_t {
  skip,     ///< counts as a failed ignition
  nearest,  ///< moves to the nearest vegetated cell (Euclidean; ties by row, then column)
  force,    ///< the cell becomes vegetation first
};

inline constexpr std::array all_on_bare_ground = {OnBareGround::skip, OnBareGround::nearest,
                                                  OnBareGround::force};

std::string_view name(OnBareGround choice);

}  // namespace firesweep
