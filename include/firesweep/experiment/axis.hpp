#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "firesweep/experiment/design.hpp"
#include "firesweep/experiment/ground.hpp"
#include "firesweep/experiment/parameter.hpp"
#include "firesweep/landscape/start_cells.hpp"
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
  LayerFile density = {};  ///< the raster of a set that is drawn by one
  /// Scenario::starts; null as well while the landscapes or the density are not known.
  std::shared_ptr<const StartCells> starts = nullptr;

  /// What cells are drawn by; null if they are not drawn by a raster.
  const IgnitionDensity* drawn_by() const {
    const auto* random = std::get_if<RandomIgnition>(&set);
    return random == nullptr ? nullptr : std::get_if<IgnitionDensity>(&random->among);
  }

  /// What it is drawn from follows from the rest.
  friend bool operator==(const NamedIgnitionSet& one, const NamedIgnitionSet& other) {
    return one.name == other.name && one.set == other.set && one.density == other.density;
  }
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

/// Samples of a design: each sets all of its parameters at once.
struct SampleAxis {
  static constexpr std::string_view name = "sample";
  static constexpr std::string_view meaning = "sample of the design";

  Design design;
  std::vector<double> values;  ///< shape (samples, parameters)

  std::size_t samples() const { return values.size() / design.parameters(); }
  double value(std::size_t sample, std::size_t parameter) const {
    return values[sample * design.parameters() + parameter];
  }

  friend bool operator==(const SampleAxis&, const SampleAxis&) = default;
};

/// One dimension of the matrix, seeds apart.
using Axis =
    std::variant<DangerLevelAxis, WeatherAxis, LandscapeAxis, IgnitionSetAxis, ParameterAxis, SampleAxis>;

/// "danger_level", "weather", "landscape", "ignition_set", the parameter's name, or "sample".
std::string_view name(const Axis& axis);

std::size_t size(const Axis& axis);

/// Whether the parameter of that name has other values along the axis.
bool varies(const Axis& axis, std::string_view parameter);

/// The i-th coordinate as text, e.g. "extreme", "centre", "42.5"; of samples their number from 0.
std::string label(const Axis& axis, std::size_t i);

}  // namespace firesweep
