#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firesweep/experiment/parameter.hpp"
#include "firesweep/model/danger_level.hpp"
#include "firesweep/model/ignition.hpp"

namespace firesweep {

struct DangerLevelAxis {
  static constexpr std::string_view name = "danger_level";
  static constexpr std::string_view meaning = "fire danger level";

  std::vector<DangerLevel> levels;

  friend bool operator==(const DangerLevelAxis&, const DangerLevelAxis&) = default;
};

struct NamedIgnitionSet {
  std::string name;
  IgnitionSet set;

  friend bool operator==(const NamedIgnitionSet&, const NamedIgnitionSet&) = default;
};

struct IgnitionSetAxis {
  static constexpr std::string_view name = "ignition_set";
  static constexpr std::string_view meaning = "where the fire starts";

  std::vector<NamedIgnitionSet> sets;

  friend bool operator==(const IgnitionSetAxis&, const IgnitionSetAxis&) = default;
};

/// Named after the parameter that it varies.
struct ParameterAxis {
  const Parameter* parameter = nullptr;  ///< never null
  std::vector<double> values;

  friend bool operator==(const ParameterAxis&, const ParameterAxis&) = default;
};

/// One dimension of the matrix, seeds apart.
using Axis = std::variant<DangerLevelAxis, IgnitionSetAxis, ParameterAxis>;

/// "danger_level", "ignition_set", or the parameter's name.
std::string_view name(const Axis& axis);

std::size_t size(const Axis& axis);

/// The i-th coordinate as text, e.g. "extreme", "centre", "42.5".
std::string label(const Axis& axis, std::size_t i);

}  // namespace firesweep
