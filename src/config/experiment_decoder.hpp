#pragma once

#include <string>
#include <vector>

#include "firesweep/check/input_error.hpp"
#include "firesweep/experiment/experiment.hpp"

#include "ground_reading.hpp"
#include "source_tree.hpp"

namespace firesweep {

/// Returns the experiment that the map `root` describes, with every default filled in. Everything that is
/// wrong with it is added to `problems`; if there is anything, the experiment is of no use.
/// Rasters are read by `reading`; without it they are not needed, since `root` is the resolved experiment of a results
/// file, which says what was found in them.
Experiment decode_experiment(const SourceNode& root, const std::string& default_name, GroundReading* reading,
                             std::vector<Problem>& problems);

}  // namespace firesweep
