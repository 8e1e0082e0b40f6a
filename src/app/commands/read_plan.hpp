#pragma once

#include <string>
#include <vector>

#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// The experiment that a command is about.
struct GivenExperiment {
  std::string path;
  std::vector<std::string> overrides;  ///< "key.path=value"
};

/// Its plan, after telling what in it is hardly meant. Throws InputError.
Plan read_plan(const GivenExperiment& given);

}  // namespace firesweep
