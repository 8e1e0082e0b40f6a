#include "firesweep/experiment/parameter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace firesweep {
namespace {

using Section = Parameter::Section;

constexpr double unlimited = std::numeric_limits<double>::infinity();

// clang-format off
constexpr std::array<Parameter, 14> table = {{
    {"vegetation_density", Section::landscape, "1", "share of the cells that are vegetated", 0, 1, false,
     [](Scenario& s) -> double& { return s.vegetation_density; }},
    {"wind_speed", Section::weather, "km h-1", "wind speed", 0, unlimited, false,
     [](Scenario& s) -> double& { return s.weather.wind_speed; }},
    {"humidity", Section::weather, "percent", "relative humidity", 0, 100, false,
     [](Scenario& s) -> double& { return s.weather.humidity; }},
    {"temperature", Section::weather, "degC", "air temperature", -273.15, unlimited, false,
     [](Scenario& s) -> double& { return s.weather.temperature; }},
    {"wind_direction", Section::weather, "degree", "where the wind comes from, clockwise from north (kept, not yet used)",
     0, 360, false, [](Scenario& s) -> double& { return s.weather.wind_direction; }},
    {"base_rate", Section::model, "1", "spread rate that everything else scales", 0, unlimited, false,
     [](Scenario& s) -> double& { return s.spread.base_rate; }},
    {"neighbour_weight", Section::model, "1", "what one burning neighbour contributes", 0, unlimited, false,
     [](Scenario& s) -> double& { return s.spread.neighbour_weight; }},
    {"wind_scale", Section::model, "km h-1", "wind that doubles the spread of still air", 0, unlimited, true,
     [](Scenario& s) -> double& { return s.spread.wind_scale; }},
    {"humidity_offset", Section::model, "1", "humidity factor of perfectly dry air", -unlimited, unlimited, false,
     [](Scenario& s) -> double& { return s.spread.humidity_offset; }},
    {"temperature_offset", Section::model, "1", "temperature factor at 0 degC", -unlimited, unlimited, false,
     [](Scenario& s) -> double& { return s.spread.temperature_offset; }},
    {"temperature_scale", Section::model, "degC", "warming that adds 1 to the temperature factor", 0, unlimited, true,
     [](Scenario& s) -> double& { return s.spread.temperature_scale; }},
    {"max_probability", Section::model, "1", "cap on the probability of spread", 0, 1, false,
     [](Scenario& s) -> double& { return s.spread.max_probability; }},
    {"max_probability_high_wind", Section::model, "1", "the same cap in high wind", 0, 1, false,
     [](Scenario& s) -> double& { return s.spread.max_probability_high_wind; }},
    {"high_wind", Section::model, "km h-1", "wind above which the second cap holds", 0, unlimited, false,
     [](Scenario& s) -> double& { return s.spread.high_wind; }},
}};
// clang-format on

}  // namespace

std::span<const Parameter> parameters() {
  return table;
}

const Parameter* find_parameter(std::string_view name) {
  const auto* found =
      std::find_if(table.begin(), table.end(), [&](const Parameter& p) { return p.name == name; });
  return found == table.end() ? nullptr : found;
}

std::optional<std::string> objection(const Parameter& parameter, double value) {
  if (!std::isfinite(value)) return "must be a finite number";
  const bool too_small = parameter.lower_is_open ? value <= parameter.lower : value < parameter.lower;
  if (!too_small && value <= parameter.upper) return std::nullopt;
  if (std::isfinite(parameter.upper))
    return fmt::format("must be a number {} {} to {}", parameter.lower_is_open ? "above" : "from",
                       parameter.lower, parameter.upper);
  return fmt::format("must be a number {} {}", parameter.lower_is_open ? "greater than" : "of at least",
                     parameter.lower);
}

}  // namespace firesweep
