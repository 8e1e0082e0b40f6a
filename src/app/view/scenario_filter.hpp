#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "firesweep/store/stored_results.hpp"

namespace firesweep {

/// The scenarios that `choices` name, ascending, without excluded ones; all without any choice. A choice is
/// "AXIS=VALUE,AXIS=VALUE,..": the scenarios that have these values (an axis named twice: either). Several
/// choices add up. Throws InputError if there is no such axis or value, with what was probably meant, or if
/// no scenario is left.
std::vector<std::size_t> chosen_scenarios(const StoredResults& results, std::span<const std::string> choices);

}  // namespace firesweep
