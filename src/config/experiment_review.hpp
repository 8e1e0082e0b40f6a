#pragma once

#include <vector>

#include "firesweep/check/input_error.hpp"
#include "firesweep/experiment/experiment.hpp"

#include "source_tree.hpp"

namespace firesweep {

/// What in `root`, from which `experiment` was decoded, contradicts itself about where the wind blows: a direction that
/// turns no fire, or fires that are turned by a wind without a direction. Results files made when the former was
/// allowed may hold it.
std::vector<Problem> wind_contradictions(const SourceNode& root, const Experiment& experiment);

/// What is valid in `experiment`, which was decoded from `root`, but misleads or is hardly meant.
std::vector<Problem> misgivings(const SourceNode& root, const Experiment& experiment);

}  // namespace firesweep
