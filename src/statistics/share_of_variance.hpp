#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "firesweep/statistics/bootstrap.hpp"
#include "firesweep/statistics/mean.hpp"

namespace firesweep {

/// What the used levels of one axis explain at each seed, shape (levels, seeds): the mean of the scenarios
/// that have a level less the mean of all, times the root of their share of the scenarios; 0 for a level
/// without any.
struct Explained {
  std::size_t levels = 0;
  std::size_t seeds = 0;
  std::vector<double> effect;

  std::span<const double> at(std::size_t level) const {
    return std::span(effect).subspan(level * seeds, seeds);
  }
};

/// Sums over scenarios at each seed, of values less their mean over everything.
struct Spread {
  std::size_t scenarios = 0;
  std::vector<double> sum;      ///< shape (seeds)
  std::vector<double> squares;  ///< shape (seeds)
  double within = 0.0;          ///< share of the squares that lies within scenarios
};

struct ShareOfVariance {
  double share = 0.0;
  Interval interval;
};

/// The share of the variance that each axis explains, with its bootstrap interval; NaN for fewer than two
/// levels or seeds or no variance. See sensitivity_of_mean.
std::vector<ShareOfVariance> shares_of_variance(std::span<const Explained> axes, const Spread& spread,
                                                double confidence, const RandomWords& words);

}  // namespace firesweep
