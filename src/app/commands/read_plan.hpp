#pragma once

#include <string>
#include <vector>

#include "firesweep/experiment/plan.hpp"
#include "firesweep/raster/landscape_files.hpp"

namespace firesweep {

/// The plan of an experiment file, and what was found in the rasters of each of its landscapes.
struct ReadPlan {
  Plan plan;
  std::vector<LandscapeFacts> landscapes;
};

/// Reads an experiment file, and tells what in it is hardly meant. Throws InputError.
ReadPlan read_plan(const std::string& path, const std::vector<std::string>& overrides);

}  // namespace firesweep
