#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "firesweep/landscape/scenario.hpp"

namespace firesweep {

/// A number of the scenario that an experiment can set or sweep.
struct Parameter {
  enum class Section {
    landscape,
    weather,
    model,
    spotting,  ///< a key of the model
  };

  std::string_view name;
  Section section;           ///< where the experiment file sets it for every scenario
  std::string_view unit;     ///< as in results files; "1" for none
  std::string_view meaning;  ///< half a sentence
  double lower;              ///< least value allowed
  double upper;              ///< greatest value allowed
  double& (*in)(Scenario&);  ///< the parameter's place in a scenario
  bool is_whole = false;     ///< whether it is a whole number
};

/// All parameters: weather, vegetation_density, the constants of the spread formula, and embers.
std::span<const Parameter> parameters();

/// The parameter of that name, or null.
const Parameter* find_parameter(std::string_view name);

/// Why `value` is not allowed for `parameter`, e.g. "must be a number from 0 to 1", or nothing if it is.
std::optional<std::string> objection(const Parameter& parameter, double value);

}  // namespace firesweep
