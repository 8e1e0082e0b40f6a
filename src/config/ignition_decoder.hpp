#pragma once

#include <optional>

#include "firesweep/experiment/axis.hpp"

#include "ground_reading.hpp"
#include "ignition_places.hpp"
#include "value_decoder.hpp"

namespace firesweep {

/// Returns the ignition sets of `matrix.ignition_set`, or notes every problem in it and returns nothing. If
/// the `ground` is not known, because it is a problem itself, no point is said to lie outside. `reading` reads the files
/// of sets; null for an experiment of a results file, which has what they held.
std::optional<IgnitionSetAxis> decode_ignition_sets(const SourceNode& node,
                                                    const std::optional<IgnitionGround>& ground,
                                                    GroundReading* reading, ValueDecoder& decode);

}  // namespace firesweep
