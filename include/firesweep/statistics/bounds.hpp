#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "firesweep/statistics/mean.hpp"

/// Bounds on estimates from runs that are known, if `unknown` further runs (failed or missing) had gone
/// either way: every one at the variable's `lowest`, or every one at its `highest` value. Between them lies
/// the estimate from all runs, whatever the unknown ones would have been and however they came to be unknown;
/// they say nothing of chance, which the intervals do. With nothing unknown both bounds are the estimate;
/// with nothing known they are the limits; NaN if there is neither.
///
/// Source: C. F. Manski, Partial Identification of Probability Distributions, 2003, chapter 1.
namespace firesweep {

/// Bounds on a mean of values in [lowest, highest]. For mean_over, `lowest` is the threshold: an unknown run
/// that stayed below leaves that mean as it is.
Interval mean_bounds(const Mean& known, std::uint64_t unknown, double lowest = 0.0, double highest = 1.0);

/// Bounds on the share of successes, such as runs over a threshold, among all runs.
Interval share_bounds(std::uint64_t successes, std::uint64_t trials, std::uint64_t unknown);

/// Bounds on quantile(), 0 <= q <= 1, of values in ascending order and in [lowest, highest]. O(1).
Interval quantile_bounds(std::span<const double> sorted, double q, std::uint64_t unknown, double lowest = 0.0,
                         double highest = 1.0);

/// Bounds on conditional_value_at_risk(), as for the quantile. O(n).
Interval conditional_value_at_risk_bounds(std::span<const double> sorted, double q, std::uint64_t unknown,
                                          double lowest = 0.0, double highest = 1.0);

/// Bounds on the mean difference first - second over all seeds, shape (seeds) each, where a NaN is unknown. A
/// seed known in one of the two counts with what is known of it.
Interval paired_difference_bounds(std::span<const double> first, std::span<const double> second,
                                  double lowest = 0.0, double highest = 1.0);

}  // namespace firesweep
