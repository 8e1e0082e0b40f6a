#pragma once

#include <limits>

namespace firesweep {

/// What an estimate is of which nothing is known, e.g. a mean of no runs.
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

}  // namespace firesweep
