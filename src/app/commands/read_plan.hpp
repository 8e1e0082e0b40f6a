#pragma once

#include <string>
#include <vector>

#include "firesweep/experiment/plan.hpp"
#include "firesweep/raster/landscape_files.hpp"

namespace firesweep {

/// The experiment that a command is about.
struct GivenExperiment {
  std::string path;
  std::vector<std::string> overrides;  ///< "key.path=value"
};

/// Its plan, and what was found in the rasters of each of its landscapes.
struct ReadPlan {
  Plan plan;
  std::vector<LandscapeFacts> landscapes;
};

/// Reads it, and tells what in it is hardly meant. Throws InputError.
ReadPlan read_plan(const GivenExperiment& given);

}  // namespace firesweep
