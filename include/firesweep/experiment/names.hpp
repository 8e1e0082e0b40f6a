#pragma once

#include <span>
#include <string>

#include "firesweep/experiment/seeds.hpp"

namespace firesweep {

/// What a scenario is called: its coordinates, as labels in the order of the axes, "extreme, centre".
std::string scenario_name(std::span<const std::string> labels);

/// What a run of it is called: "extreme, centre, seed 42".
std::string run_name(std::span<const std::string> labels, Seed seed);

}  // namespace firesweep
