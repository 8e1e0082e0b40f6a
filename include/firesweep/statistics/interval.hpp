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

/// The two-sided standard normal quantile z((1 + confidence) / 2), 0 < confidence < 1.
double normal_quantile_two_sided(double confidence);

}  // namespace firesweep
