#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

namespace firesweep {

/// What a cell holds. One byte wherever a state leaves the program.
enum class CellState : std::uint8_t { empty = 0, vegetation = 1, burning = 2, burnt = 3 };

/// A cell by column `x` and row `y`; y grows downwards.
struct Cell {
  std::uint32_t x = 0;
  std::uint32_t y = 0;

  friend bool operator==(const Cell&, const Cell&) = default;
};

/// The size of the landscape [cells]: `height` rows of `width` columns, stored row by row, with no
/// wrap-around.
struct Extent {
  std::uint32_t width = 0;
  std::uint32_t height = 0;

  std::uint64_t cells() const { return std::uint64_t{width} * height; }
  bool contains(Cell cell) const { return cell.x < width && cell.y < height; }
  std::uint64_t index(Cell cell) const { return std::uint64_t{cell.y} * width + cell.x; }
  Cell cell(std::uint64_t index) const {
    return {static_cast<std::uint32_t>(index % width), static_cast<std::uint32_t>(index / width)};
  }

  friend bool operator==(const Extent&, const Extent&) = default;
};

/// The cell that lies so far right of and below the upper left corner [cells], nothing outside of the grid. What is on
/// its outer right or lower border is in the last cell.
inline std::optional<Cell> cell_at(Extent extent, double x, double y) {
  if (!(x >= 0.0 && x <= extent.width && y >= 0.0 && y <= extent.height)) return std::nullopt;
  return Cell{std::min(static_cast<std::uint32_t>(x), extent.width - 1),
              std::min(static_cast<std::uint32_t>(y), extent.height - 1)};
}

/// The sides of every cell [m], above 0.
struct CellSize {
  double width = 1.0;   ///< along a row
  double height = 1.0;  ///< along a column

  friend bool operator==(const CellSize&, const CellSize&) = default;
};

/// How the ground of a cell rises [m m-1]: to the east of the grid (growing x) and to its south (growing y).
struct Gradient {
  double x = 0.0;
  double y = 0.0;

  friend bool operator==(const Gradient&, const Gradient&) = default;
};

/// Neither side of a landscape may be longer [cells].
inline constexpr std::uint32_t max_grid_side = 65'536;

}  // namespace firesweep
