#pragma once

#include <string>

#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// How many cells the lines, areas, tables and densities of an experiment mean, a line for each set; empty if it has
/// only points that are written in it, or cells drawn from anywhere.
std::string starts_text(const Plan& plan);

}  // namespace firesweep
