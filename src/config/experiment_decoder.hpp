#pragma once

#include <string>
#include <vector>

#include "firesweep/check/input_error.hpp"
#include "firesweep/experiment/experiment.hpp"

#include "source_tree.hpp"

namespace firesweep {

/// Returns the experiment that the map `root` describes, with every default filled in. Everything that is
/// wrong with it is added to `problems`; if there is anything, the experiment is of no use.
Experiment decode_experiment(const SourceNode& root, const std::string& default_name,
                             std::vector<Problem>& problems);

}  // namespace firesweep
