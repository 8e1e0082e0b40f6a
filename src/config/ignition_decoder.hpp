#pragma once

#include <optional>

#include "firesweep/experiment/axis.hpp"
#include "firesweep/model/grid.hpp"

#include "value_decoder.hpp"

namespace firesweep {

/// Returns the ignition sets of `matrix.ignition_set`, or notes every problem in it and returns nothing. If
/// the `extent` of the landscape is not known, because it is a problem itself, no point is said to lie
/// outside.
std::optional<IgnitionSetAxis> decode_ignition_sets(const SourceNode& node, std::optional<Extent> extent,
                                                    ValueDecoder& decode);

}  // namespace firesweep
