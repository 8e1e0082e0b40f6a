#pragma once

#include "firesweep/landscape/scenario.hpp"
#include "firesweep/model/spread_rule.hpp"

namespace firesweep {

/// Returns how fire spreads in a scenario while its weather is `weather`: by the classes of its landscape that burn and
/// its bins of slope, or where there is no landscape, by one class and flat square cells. Throws InputError as SpreadRule
/// does.
SpreadRule rule_of(const Scenario& scenario, const Weather& weather);

}  // namespace firesweep
