#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "firesweep/landscape/layers.hpp"

namespace firesweep {

/// Returns the gradient of a cell by central differences; one-sided where a neighbour is missing, 0 along an axis where
/// both are, or the cell itself and one of them. `elevation` may be empty: flat ground.
Gradient gradient_of(const LandscapeLayers& layers, CellSize size, Cell cell);

/// Bins that are the gradients themselves.
class ExactBins {
 public:
  /// Returns the bin of a cell's gradient, a new one if it is none of those before, or nothing if there are too many.
  std::optional<std::uint16_t> bin_of(Cell cell, Gradient gradient);
  std::vector<Gradient> take() { return std::move(bins_); }

 private:
  struct Hash {
    std::size_t operator()(const Gradient& gradient) const;
  };

  std::vector<Gradient> bins_;
  std::unordered_map<Gradient, std::uint16_t, Hash> known_;
};

/// Bins on a lattice of angles; see Landscape.
class LatticeBins {
 public:
  /// `spacing` of the lattice [degrees], > 0.
  explicit LatticeBins(double spacing);

  /// As ExactBins::bin_of.
  std::optional<std::uint16_t> bin_of(Cell cell, Gradient gradient);
  std::vector<Gradient> take() { return std::move(bins_); }

 private:
  double spacing_;
  int reach_;  // of the lattice to all four sides [points]
  std::vector<Gradient> bins_;
  std::vector<std::uint16_t> known_;  // of each point: 1 + its bin, else 0
};

}  // namespace firesweep
