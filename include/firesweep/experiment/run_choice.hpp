#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// A coordinate of a run as the user gave it.
struct GivenCoordinate {
  std::string axis;    ///< as in the experiment file, e.g. "danger_level"; or "seed"
  std::string value;   ///< e.g. "extreme"
  std::string source;  ///< where it was given, e.g. "--danger-level", for messages
};

/// "danger_level=extreme, ignition_set=centre" as coordinates. In quotes a value may hold anything, with two
/// quotes for one. Throws InputError if the text is none of this kind.
std::vector<GivenCoordinate> parse_coordinates(const std::string& text);

/// The option of an axis, e.g. "--danger-level".
std::string option_of(std::string_view axis);

/// Where a run stands in a plan.
struct RunChoice {
  std::size_t scenario = 0;
  std::size_t seed = 0;  ///< index into the plan's seeds
};

/// The run with these coordinates. An axis with one value, or the only seed, need not be given. Throws
/// InputError with everything that is wrong or lacking, what there is, and what was probably meant; what is lacking is
/// called as `name_of` has it.
RunChoice choose_run(const Plan& plan, const std::vector<GivenCoordinate>& given,
                     std::string (*name_of)(std::string_view axis) = option_of);

}  // namespace firesweep
