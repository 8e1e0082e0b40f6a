#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firesweep/experiment/ground.hpp"
#include "firesweep/experiment/parameter.hpp"
#include "firesweep/model/danger_level.hpp"
#include "firesweep/model/ignition.hpp"
#include "firesweep/model/weather.hpp"

namespace firesweep {

struct DangerLevelAxis {
  static constexpr std::string_view name = "danger_level";
  static constexpr std::string_view meaning = "fire danger level";

  std::vector<DangerLevel> levels;

  friend bool operator==(const DangerLevelAxis&, const DangerLevelAxis&) = default;
};

struct NamedWeather {
  std::string name;
  WeatherParts parts;    ///< of step 0; the rest is that of the experiment
  WeatherCourse course;  ///< without changes and an end: that of the experiment

  friend bool operator==(const NamedWeather&, const NamedWeather&) = default;
};

/// In the place of the danger levels.
struct WeatherAxis {
  static constexpr std::string_view name = "weather";
  static constexpr std::string_view meaning = "weather";

  std::vector<NamedWeather> weathers;

  friend bool operator==(const WeatherAxis&, const WeatherAxis&) = default;
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

struct NamedLandscape {
  std::string name;
  LandscapeInput input;

  friend bool operator==(const NamedLandscape&, const NamedLandscape&) = default;
};

/// Alternatives of one ground: the same grid, other rasters.
struct LandscapeAxis {
  static constexpr std::string_view name = "landscape";
  static constexpr std::string_view meaning = "what burns";

  std::vector<NamedLandscape> landscapes;

  friend bool operator==(const LandscapeAxis&, const LandscapeAxis&) = default;
};

/// Named after the parameter that it varies.
struct ParameterAxis {
  const Parameter* parameter = nullptr;  ///< never null
  std::vector<double> values;

  friend bool operator==(const ParameterAxis&, const ParameterAxis&) = default;
};

/// One dimension of the matrix, seeds apart.
using Axis = std::variant<DangerLevelAxis, WeatherAxis, LandscapeAxis, IgnitionSetAxis, ParameterAxis>;

/// "danger_level", "weather", "landscape", "ignition_set", or the parameter's name.
std::string_view name(const Axis& axis);

std::size_t size(const Axis& axis);

/// The i-th coordinate as text, e.g. "extreme", "centre", "42.5".
std::string label(const Axis& axis, std::size_t i);

}  // namespace firesweep
