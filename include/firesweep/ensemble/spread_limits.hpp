#pragma once

#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// Throws InputError unless the rule of every scenario of the plan keeps to the limits of SpreadRule: names the first
/// that does not, the limit, what it would be and the remedy, and says how many scenarios there are like it. The plan's
/// rasters have been read.
void check_spread_limits(const Plan& plan);

}  // namespace firesweep
