#pragma once

#include <cstdint>

#include "firesweep/statistics/mean.hpp"

namespace firesweep {

/// Wilson's score interval for a probability of which `successes` of `trials` are known, 0 < confidence < 1;
/// NaN for no trials. With z = normal_quantile_two_sided(confidence) its bounds are the two roots p of
/// (successes / trials - p)^2 = z^2 p (1 - p) / trials. They lie in [0, 1]; the lower is exactly 0 if there
/// are no successes, the upper exactly 1 if there is nothing else. Coverage is close to `confidence` on
/// average over all probabilities, but not at least that for each.
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22
/// (1927) 209-212.
Interval wilson_interval(std::uint64_t successes, std::uint64_t trials, double confidence);

/// Newcombe's hybrid score interval of the difference first - second of two probabilities that are estimated from
/// independent trials, from each one's share and Wilson interval of the same confidence (his method 10):
/// [d - sqrt((p1 - l1)^2 + (u2 - p2)^2), d + sqrt((u1 - p1)^2 + (p2 - l2)^2)]. Within [-1, 1]; NaN where either is. Of
/// trials that agree more often than not, as those of common seeds, it is conservative.
///
/// Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of
/// eleven methods", Stat. Med. 17 (1998) 873-890.
Interval newcombe_interval(double first, const Interval& of_first, double second, const Interval& of_second);

/// The two-sided standard normal quantile z((1 + confidence) / 2), 0 < confidence < 1.
double normal_quantile_two_sided(double confidence);

}  // namespace firesweep
