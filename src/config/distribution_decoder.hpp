#pragma once

#include <optional>
#include <string>

#include "firesweep/experiment/distribution.hpp"
#include "firesweep/experiment/parameter.hpp"

#include "value_decoder.hpp"

namespace firesweep {

/// What a parameter is drawn from: the two ends of uniform values, or a map that names a distribution and perhaps what it
/// lies within. Notes every problem, and returns nothing then.
std::optional<Distribution> decode_distribution(const SourceNode& node, std::string what,
                                                const Parameter& parameter, ValueDecoder& decode);

}  // namespace firesweep
