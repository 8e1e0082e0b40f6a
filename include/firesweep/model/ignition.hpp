#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <variant>
#include <vector>

#include "firesweep/model/grid.hpp"

namespace firesweep {

/// Point ignition: at these cells, in this order.
using IgnitionPoints = std::vector<Cell>;

/// Line ignition: at the cells of straight lines from vertex to vertex.
struct IgnitionLine {
  std::vector<Cell> vertices;  ///< at least one

  friend bool operator==(const IgnitionLine&, const IgnitionLine&) = default;
};

/// Area ignition: at all cells from the upper left to the lower right one.
struct IgnitionBox {
  Cell first;
  Cell last;  ///< neither above nor left of the first

  friend bool operator==(const IgnitionBox&, const IgnitionBox&) = default;
};

/// How likely cells are to be drawn, seen from each other.
struct IgnitionDensity {
  /// Shape (height, width); a cell without a number, or with 0, is never drawn. Null until it is read.
  std::shared_ptr<const std::vector<float>> values;

  /// What was read follows from the file.
  friend bool operator==(const IgnitionDensity&, const IgnitionDensity&) { return true; }
};

/// Anywhere.
struct IgnitionAnywhere {
  friend bool operator==(const IgnitionAnywhere&, const IgnitionAnywhere&) = default;
};

/// Random ignition: at `count` distinct cells of `among`, drawn anew for every seed.
struct RandomIgnition {
  using Among = std::variant<IgnitionAnywhere, IgnitionPoints, IgnitionLine, IgnitionBox, IgnitionDensity>;

  std::uint32_t count = 0;
  Among among = {};

  friend bool operator==(const RandomIgnition&, const RandomIgnition&) = default;
};

using IgnitionSet = std::variant<IgnitionPoints, IgnitionLine, IgnitionBox, RandomIgnition>;

/// Returns the cells of a line in their order, each once. From a vertex to the next, a cell is taken in every column, or
/// in every row where there are more of these: the one that the line between the centres of both is nearest to, of
/// two equally near ones the lower or right one. So a line has the same cells either way.
std::vector<Cell> cells_of(const IgnitionLine& line);

/// Returns the cells of a box, row by row.
std::vector<Cell> cells_of(const IgnitionBox& box);

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
