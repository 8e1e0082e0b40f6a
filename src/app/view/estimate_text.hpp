#pragma once

#include <string>

#include "firesweep/statistics/paired.hpp"

#include "view/metric.hpp"
#include "view/text_format.hpp"

namespace firesweep {

/// An estimate with the half width of its symmetric interval, which decides the digits, e.g. "43.5 ± 1.8";
/// all numbers times `factor`.
std::string with_error(double estimate, const Interval& interval, double factor, const TextFormat& format);

/// An estimate with its interval, e.g. "68.4 (65.5–71.2)"; all numbers times `factor`.
std::string with_interval(double estimate, const Interval& interval, double factor, const TextFormat& format);

/// An estimate that is a bound, without an interval: "≥ 12.3"; times `factor`. Without one its number alone.
std::string bound_text(Bound bound, double estimate, double factor, const TextFormat& format);

/// "3.2 points more (1.9–4.5), which excludes 0": what a difference of shares comes to, in percentage points.
std::string difference_sentence(const PairedDifference& difference, const TextFormat& format);

/// "0–23.5"; all numbers times `factor`.
std::string range(const Interval& interval, double factor, const TextFormat& format);

}  // namespace firesweep
