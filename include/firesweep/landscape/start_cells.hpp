#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "firesweep/landscape/landscape.hpp"
#include "firesweep/model/grid.hpp"
#include "firesweep/model/ignition.hpp"

namespace firesweep {

/// The cells that random ignitions are drawn from, row by row, each with a weight. Takes 24 bytes for every 64 cells of
/// the grid that hold one.
class StartCells {
 public:
  /// Every cell has the weight 1; or that of its density: v 2^e rounded down, but at least 1, where e is the largest
  /// whole number for which all densities v add up to less than 2^62.
  explicit StartCells(Extent extent, IgnitionDensity density = {});

  /// Adds a cell that comes after all others, row by row. One that has a density of 0, or none, is passed over.
  void add(Cell cell);

  std::uint64_t cells() const { return cells_; }
  /// Whether all cells are equally likely.
  bool is_uniform() const { return density_.values == nullptr; }
  /// Of all cells.
  std::uint64_t weight() const { return words_.empty() ? 0 : words_.back().end; }

  /// A cell and the numbers first, ..., first + weight - 1 that mean it.
  struct Share {
    Cell cell;
    std::uint64_t first = 0;
    std::uint64_t weight = 0;
  };
  /// Returns the cell that a number below weight() means.
  Share share_of(std::uint64_t number) const;

 private:
  /// Those of 64 cells, counted row by row.
  struct Word {
    std::uint64_t place;  // of the first, divided by 64
    std::uint64_t bits;
    std::uint64_t end;  // weight of all up to and with these
  };

  std::uint64_t weight_of(std::uint64_t index) const;

  Extent extent_;
  IgnitionDensity density_;
  int exponent_ = 0;
  std::uint64_t cells_ = 0;
  std::vector<Word> words_;
};

/// The cells of a random set that burn in at least one of the landscapes, or without landscapes all.
StartCells start_cells(const RandomIgnition::Among& among, Extent extent,
                       std::span<const std::shared_ptr<const Landscape>> landscapes);

}  // namespace firesweep
