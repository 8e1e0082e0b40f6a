#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace firesweep {

/// The cells burning at every step of each run of a scenario, from its initial state to its end; and those burnt, where
/// cells burn for more than a step: else they are the burning ones of all earlier steps.
class RunCurves {
 public:
  /// None known, of `seeds` runs.
  explicit RunCurves(std::size_t seeds = 0) : places_(seeds) {}

  std::size_t seeds() const { return places_.size(); }

  /// Those of more runs, the further ones not known, or of fewer, of which those left out were not known.
  void resize(std::size_t seeds) { places_.resize(seeds); }

  /// Takes the curve of a run, which is not empty and was not known; `burnt` is empty or as long, of all runs alike.
  void set(std::size_t seed, std::span<const std::uint32_t> curve, std::span<const std::uint64_t> burnt = {});

  /// Empty if it is not known.
  std::span<const std::uint32_t> operator[](std::size_t seed) const;

  /// The cells burnt at the same steps; empty if they follow from those burning.
  std::span<const std::uint64_t> burnt(std::size_t seed) const;

 private:
  struct Place {
    std::uint64_t first = 0;
    std::uint64_t length = 0;
  };

  std::vector<Place> places_;           // in `burning_`, by seed
  std::vector<std::uint32_t> burning_;  // curves in the order in which they came
  std::vector<std::uint64_t> burnt_;    // at the same places, or empty
};

/// Quantiles over the runs of a scenario at each step, up to the end of its longest; from there on they stay
/// as they are. Pointwise: no single run need follow one.
struct CurveBands {
  std::size_t steps = 0;              ///< 0 if no run is known
  std::vector<double> burning_cells;  ///< shape (quantiles, steps)
  std::vector<double>
      burnt_fraction;  ///< shares of all cells burnt before each step, shape (quantiles, steps)
};

/// Quantiles of type 7 of the curves that are known, on a landscape of `cells` cells; a run that has ended
/// counts with its last state. O(runs steps log runs).
CurveBands curve_bands(const RunCurves& curves, std::uint64_t cells, std::span<const double> quantiles);

}  // namespace firesweep
