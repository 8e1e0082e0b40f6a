#pragma once

#include <memory>
#include <random>

#include "firesweep/landscape/scenario.hpp"

namespace firesweep::testing {

/// Returns a landscape that covers a corner of everything one can be.
std::shared_ptr<const Landscape> random_landscape(std::mt19937_64& random, Extent extent);

/// Gives a scenario such a landscape, or none, and weather and parameters to which it matters.
void vary_physics(std::mt19937_64& random, Scenario& scenario);

}  // namespace firesweep::testing
