#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "firesweep/statistics/mean.hpp"

namespace firesweep {

/// One point of an exceedance curve: how often a threshold is exceeded.
struct Exceedance {
  double threshold = 0.0;
  std::uint64_t count = 0;  ///< values over the threshold
  double share = 0.0;       ///< of all values; NaN if there are none
  Interval pointwise;       ///< Wilson's interval: covers the probability at this threshold alone
  Interval simultaneous;    ///< of the DKW band: covers the whole curve at once, at every threshold
};

/// The exceedance curve P(value > threshold) of values in ascending order, at each of the thresholds, which
/// may come in any order; a large fire's probability is a point of it. Intervals are NaN for no values; 0 <
/// confidence < 1. O(thresholds log n).
std::vector<Exceedance> exceedance_curve(std::span<const double> sorted, std::span<const double> thresholds,
                                         double confidence);

/// Mean size of a fire given that it is large: of the values over the threshold, in the order given, without
/// those that are NaN; as mean_of, whose count is the number over the threshold.
///
/// Given that number the values are independent and of the conditional distribution, so mean_interval covers
/// the conditional mean. It does not for a threshold drawn from the same values, such as the border of
/// mode_split: that border sits where they happened to leave the widest gap.
///
/// Source: W. G. Cochran, Sampling Techniques, 3rd ed., 1977, section 2.12 (means over subpopulations).
Mean mean_over(std::span<const double> values, double threshold);

/// Half the height of the band that covers a distribution function everywhere at once with at least
/// `confidence`: sqrt(ln(2 / (1 - confidence)) / (2 count)), 0 < confidence < 1; NaN for no values. It holds
/// for independent values of any distribution and for any count, and is higher than Kolmogorov's exact band
/// by 5 % for 10 values, by 1 % for 100.
///
/// Source: A. Dvoretzky, J. Kiefer, J. Wolfowitz, Ann. Math. Stat. 27 (1956) 642-669, with the constant of
/// P. Massart, "The tight constant in the Dvoretzky-Kiefer-Wolfowitz inequality", Ann. Probab. 18 (1990)
/// 1269-1283.
double dkw_half_height(std::uint64_t count, double confidence);

/// The band at a share seen among `count` values: share -+ dkw_half_height, cut to [0, 1]; NaN for no values.
Interval dkw_band(double share, std::uint64_t count, double confidence);

}  // namespace firesweep
