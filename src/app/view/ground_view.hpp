#pragma once

#include <span>
#include <string>

#include "firesweep/experiment/plan.hpp"
#include "firesweep/raster/landscape_files.hpp"

namespace firesweep {

/// An area for people: "4 402 ha", "0.63 ha".
std::string area_text(double hectares);

/// What firesweep understood of the ground and the wind, for the user to recognise or not: grid, place, land, relief,
/// classes of fuel and where the wind drives fires, a line or table each. `facts` are of every landscape of the matrix.
/// Empty if there is nothing to say but the size.
std::string ground_text(const Plan& plan, std::span<const LandscapeFacts> facts);

}  // namespace firesweep
