#pragma once

#include <vector>

#include "firesweep/statistics/nan.hpp"

// Values that the tests of statistics have in common.

/// The value of a run that is not ok.
inline constexpr double not_ok = firesweep::nan;

/// Burn fractions in ascending order, two of which are equal.
inline const std::vector<double> sample = {.001, .02, .09, .28, .31, .5, .5, .64, .77, .93};
