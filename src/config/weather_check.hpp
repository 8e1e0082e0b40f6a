#pragma once

#include "firesweep/experiment/experiment.hpp"

#include "value_decoder.hpp"

namespace firesweep {

/// Notes what does not go together: weathers that lack a number or are said twice, axes and changes of the same
/// number, and a first change that no weather has.
void check_weather(const SourceNode& root, const Experiment& experiment, ValueDecoder& decode);

}  // namespace firesweep
