#pragma once

#include <optional>
#include <vector>

#include "firesweep/experiment/axis.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/random/draw.hpp"

#include "value_decoder.hpp"

namespace firesweep {

/// Each returns what `node`, the value of a key of `matrix:`, says, or notes every problem in it and returns
/// nothing.

/// The rasters of each landscape are named, not read.
std::optional<LandscapeAxis> decode_landscapes(const SourceNode& node, ValueDecoder& decode);

std::optional<DangerLevelAxis> decode_danger_levels(const SourceNode& node, ValueDecoder& decode);

/// A list, or a range {from, to, count}: count >= 1 values at equal distances, both ends exact. A value in
/// between that lies within a rounding error of a number of at most 12 decimals becomes that number, so that
/// {from: 0.1, to: 0.3, count: 3} gives 0.2 and not 0.19999999999999998.
std::optional<ParameterAxis> decode_parameter_axis(const SourceNode& node, const Parameter& parameter,
                                                   ValueDecoder& decode);

/// The seeds of an experiment, and when they are enough, if they grow.
struct SeedChoice {
  Seeds seeds;
  std::optional<StoppingRule> until;
};

/// A list, or {first, count}; `first` is 1 and `count` is 1000 unless given. With `until` count is the first stage, and `most`
/// 100 000 unless given.
std::optional<SeedChoice> decode_seeds(const SourceNode& node, const std::vector<Assets>& assets,
                                       ValueDecoder& decode);

/// Returns `exclude:` looked up in `axes`; what is wrong is noted and left out. Of axes that are `broken`,
/// because they are problems themselves, nothing is said.
std::vector<Exclusion> decode_exclusions(const SourceNode& node, const std::vector<Axis>& axes,
                                         std::span<const std::string_view> broken, ValueDecoder& decode);

}  // namespace firesweep
