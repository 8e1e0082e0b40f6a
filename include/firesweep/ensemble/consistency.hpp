#pragma once

#include <string>
#include <vector>

#include "firesweep/ensemble/results.hpp"

namespace firesweep {

/// What in the sums of a scenario does not follow from its records or from each other, a sentence each;
/// nothing if everything fits. Sums that were not asked for are not missed.
///
/// What burns or is burnt at a step, and was not at the one before, has caught fire. So over all runs with status ok:
/// such cells, added up over all steps, are the cells that caught fire, as are the burn counts added up over the
/// landscape; those burning at step 0 are the ignitions; steps weighted by the cells that caught fire are the arrival
/// steps; and the squares of the cells burnt at the last step are those of the records. A run's own curve ends
/// where its record does and has its ignitions, peak and cells.
std::vector<std::string> contradictions(const ScenarioResults& known);

}  // namespace firesweep
