#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "firesweep/experiment/assets.hpp"
#include "firesweep/experiment/stopping_rule.hpp"

#include "key_values.hpp"

namespace firesweep {

/// What matrix.seed.until may be.
Json stopping_form();

/// Decodes matrix.seed.until, a target or a list of those that must all hold, with the number of seeds at first and the
/// entry of `most`, which may be null. What is wrong is noted as a problem, and nothing is returned then.
std::optional<StoppingRule> decode_stopping_rule(const SourceNode& node, const SourceEntry* most,
                                                 std::size_t first_stage, const std::vector<Assets>& assets,
                                                 ValueDecoder& decode);

/// It as YAML: "[{exceedance: 0.1, half_width: 0.02}]".
std::string stopping_text(const StoppingRule& rule);

}  // namespace firesweep
