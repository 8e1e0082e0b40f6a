#pragma once

#include <string>
#include <vector>

#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// The plan of an experiment file, after telling what in it is hardly meant. Throws InputError.
Plan read_plan(const std::string& path, const std::vector<std::string>& overrides);

}  // namespace firesweep
