#pragma once

#include <string>

#include "firesweep/io/fire_recorder.hpp"

namespace firesweep {

/// "extreme, centre, seed 42".
std::string title_of(const ReplayedFire& fire);

}  // namespace firesweep
