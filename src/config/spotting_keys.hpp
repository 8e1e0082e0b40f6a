#pragma once

#include "experiment_keys.hpp"

namespace firesweep {

/// The key of the embers. Its members are parameters, named spotting_... where they are axes.
ExperimentKey spotting_key();

/// Notes what is missing of the embers if anything is said of them, or said twice. Where cells lie is known.
void check_spotting(const SourceNode& root, const Experiment& experiment, ValueDecoder& decode);

}  // namespace firesweep
