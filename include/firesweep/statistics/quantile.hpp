#pragma once

#include <span>

#include "firesweep/statistics/mean.hpp"

namespace firesweep {

/// Sorts values, none of them NaN, in ascending order: by counting while few of them differ, as most fires are small and
/// many burn the same; else by their digits.
void sort_values(std::span<double> values);

/// Quantile of type 7 (linear interpolation of the order statistics at (n - 1) q, counted from 0), 0 <= q <=
/// 1, of values in ascending order; NaN for none. It is numpy's and R's default. O(1).
///
/// Source: R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", Am. Stat. 50 (1996) 361-365.
double quantile(std::span<const double> sorted, double q);

/// Distribution-free interval of the q-quantile between two order statistics X(l) and X(u), whose ranks,
/// counted from 1, are l = F^-1((1 - confidence) / 2) and u = F^-1((1 + confidence) / 2) + 1, where F^-1(p)
/// is the least k with F(k) >= p and F is the distribution function of the binomial B(n, q). Where the sample
/// is too small to reach a side (l = 0 or u = n + 1) that bound is the limit of the variable, `lowest` or
/// `highest`. NaN for no values; 0 <= q <= 1, 0 < confidence < 1.
///
/// Coverage is at least `confidence`, for independent values of any distribution in [lowest, highest]: for a
/// continuous one it is F(u - 1) - F(l - 1), ties only add to it. Each side alone misses with probability at
/// most (1 - confidence) / 2.
///
/// Source: W. J. Conover, Practical Nonparametric Statistics, 3rd ed., 1999, section 3.2.
Interval quantile_interval(std::span<const double> sorted, double q, double confidence, double lowest = 0.0,
                           double highest = 1.0);

/// Conditional value at risk, the highest values being the worst: the mean of the highest (1 - q) share of
/// the values, given in ascending order, the value at the border counted by its fraction; NaN for no values.
/// With v = X(ceil(n q)) it is v plus the sum of max(0, x - v) over all values x, divided by n (1 - q). It is
/// the mean for q = 0, and the largest value for 1 - 1/n <= q <= 1.
///
/// Source: R. T. Rockafellar, S. Uryasev, "Conditional value-at-risk for general loss distributions",
/// J. Bank. Finance 26 (2002) 1443-1471, proposition 8.
double conditional_value_at_risk(std::span<const double> sorted, double q);

}  // namespace firesweep
