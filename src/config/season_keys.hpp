#pragma once

#include <optional>

#include "firesweep/experiment/experiment.hpp"
#include "firesweep/experiment/season.hpp"

#include "key_rows.hpp"
#include "value_decoder.hpp"

namespace firesweep {

/// Adds the keys of `season:`. They are decoded together, once the matrix is known.
void add_season_keys(ExperimentKeys& keys);

/// Returns what `node`, the value of `season`, says of the axes of the experiment, or notes every problem in it and
/// returns nothing.
std::optional<Season> decode_season(const SourceNode& node, const Experiment& experiment,
                                    ValueDecoder& decode);

}  // namespace firesweep
