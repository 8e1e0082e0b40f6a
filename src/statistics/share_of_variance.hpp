#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "firesweep/statistics/bootstrap.hpp"
#include "firesweep/statistics/mean.hpp"

namespace firesweep {

/// Main effects of one axis at each seed, shape (levels, seeds).
struct Profile {
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
};

struct ShareOfVariance {
  double share = 0.0;
  Interval interval;
};

/// The share of the variance that an axis explains, with its bootstrap interval; NaN for fewer than two seeds
/// or no variance. See sensitivity_of_mean.
ShareOfVariance share_of_variance(const Profile& profile, const Spread& spread, double confidence,
                                  const RandomWords& words);

}  // namespace firesweep
