#pragma once

#include <optional>
#include <string_view>

#include "firesweep/experiment/axis.hpp"

#include "ground_reading.hpp"
#include "key_rows.hpp"
#include "value_decoder.hpp"

namespace firesweep {

/// The key of the design, which decode_design() decodes.
ExperimentKey design_key();

/// Decodes `design`: what is drawn from, or the list of cases, whose file is read by `reading`. What is wrong is noted as
/// a problem, and nothing is returned then; what is valid but hardly meant as a warning, unless there is no `reading`, as
/// the node is of a results file.
std::optional<SampleAxis> decode_design(const SourceNode& node, GroundReading* reading, ValueDecoder& decode);

/// Where a file lets a parameter vary: the parameter's key in matrix, or design, if samples of the experiment set it.
/// Null where it does not vary.
const SourceEntry* find_varied(const SourceNode& root, const Experiment& experiment,
                               std::string_view parameter);

/// Notes parameters that the design sets and another key does as well.
void check_design(const SourceNode& root, const Experiment& experiment, ValueDecoder& decode);

}  // namespace firesweep
