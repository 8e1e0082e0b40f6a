#pragma once

#include <vector>

#include "firesweep/check/input_error.hpp"
#include "firesweep/experiment/experiment.hpp"

#include "source_tree.hpp"

namespace firesweep {

/// Axes in the matrix of `root` that change nothing, so that whoever compares along them is misled. Results
/// files made when they were allowed may hold some.
std::vector<Problem> idle_axes(const SourceNode& root);

/// What is valid in `experiment`, which was decoded from `root`, but misleads or is hardly meant.
std::vector<Problem> misgivings(const SourceNode& root, const Experiment& experiment);

}  // namespace firesweep
