#pragma once

#include <span>
#include <string>
#include <string_view>

#include "firesweep/experiment/plan.hpp"
#include "firesweep/raster/landscape_files.hpp"

namespace firesweep {

/// An area for people: "4 402 ha", "0.63 ha".
std::string area_text(double hectares);

/// An amount of assets for people: "1 516 houses", "0.25 km2"; without the unit if that is "1".
std::string amount_text(double amount, std::string_view unit);

/// What firesweep understood of the ground and the wind, for the user to recognise or not: grid, place, land, relief,
/// classes of fuel, assets and where the wind drives fires, a line or table each. `facts` are of every landscape of the matrix.
/// Empty if there is nothing to say but the size.
std::string ground_text(const Plan& plan, std::span<const LandscapeFacts> facts);

}  // namespace firesweep
