#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "firesweep/statistics/bootstrap.hpp"
#include "firesweep/statistics/mean.hpp"

namespace firesweep {

/// One kind of fires of a year: those of one weather, lit in one way.
struct SeasonPart {
  double rate = 0.0;               ///< of these fires [year-1], >= 0
  std::span<const double> values;  ///< what fires come to, one for each seed; NaN where it is not known
};

/// How often fires exceed a threshold in a year, when fires are independent and Poisson. With the rate r, the chance of
/// one or more in a year is 1 - exp(-r), and the return period 1 / r, which is infinite for r = 0.
struct SeasonExceedance {
  double rate = 0.0;  ///< [year-1]
  Interval rate_ci;
  double chance = 0.0;  ///< [1]
  Interval chance_ci;
  double return_period = 0.0;  ///< [year]
  Interval return_period_ci;
};

/// The size that is exceeded once in so many years. NaN where the seeds cannot know it: `runs_beyond` are fewer than
/// fewest_runs_beyond.
struct SeasonSize {
  static constexpr std::size_t fewest_runs_beyond = 10;

  double size = 0.0;  ///< in the unit of the values
  Interval size_ci;
  double runs_beyond = 0.0;  ///< runs that exceed it
};

/// A year of fires.
struct SeasonEstimate {
  double seeds = 0.0;     ///< that are known in every part with a rate; nothing else is used
  double fires = 0.0;     ///< to be expected [year-1]
  double expected = 0.0;  ///< sum of their values to be expected in a year [unit of the values year-1]
  Interval expected_ci;   ///< Student's t
  Interval expected_bootstrap_ci;
  std::vector<SeasonExceedance> exceedance;  ///< shape (thresholds)
  std::vector<SeasonSize> size;              ///< shape (return periods)
};

/// What each seed makes of a year, shape (seeds): the sum over parts of rate times value; NaN where a part with a rate is
/// not known.
std::vector<double> year_sums(std::span<const SeasonPart> parts);

/// Estimates a year of fires from runs whose parts share their seeds, all of the same length.
///
/// With r_k the rate of part k and x_ks the value of seed s there, the expected sum is the mean over seeds of
/// A_s = sum over k of r_k x_ks, whose spread over seeds holds whatever the parts have in common. A rate over a threshold
/// is sum of r_k p_k with the share p_k of seeds that exceed it. Its interval joins Wilson's of the p_k by their
/// distances d_k from r_k p_k on that side, and the correlation c_kl of the exceedances over seeds:
///
///     sum of r_k p_k -+ sqrt(sum over k, l of c_kl d_k d_l)
///
/// so it has a width where no seed exceeds the threshold. The size of T years is the least value x whose rate is at most
/// 1 / T, and its interval those x whose rate's interval holds 1 / T.
///
/// `return_periods` [year] > 0, 0 < confidence < 1. NaN for no seeds, intervals for less than two. Draws from `words` as
/// bootstrap_mean_interval does. O((thresholds + return periods log n) n parts).
///
/// Source: G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures: a general approach",
/// Stat. Med. 27 (2008) 1693-1702 (joining limits); S. Coles, An Introduction to Statistical Modeling of Extreme
/// Values, 2001, section 3.1.3 (return levels).
SeasonEstimate season_estimate(std::span<const SeasonPart> parts, std::span<const double> thresholds,
                               std::span<const double> return_periods, double confidence,
                               const RandomWords& words);

}  // namespace firesweep
