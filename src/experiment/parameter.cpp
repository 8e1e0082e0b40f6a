#include "firesweep/experiment/parameter.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "firesweep/experiment/experiment.hpp"

namespace firesweep {
namespace {

using Section = Parameter::Section;

// No number of the formula is larger, so that products of some of them stay finite; no experiment needs it to
// be.
constexpr double vast = 1e6;
constexpr double tiny = 1e-6;

// clang-format off
constexpr std::array<Parameter, 23> table = {{
    {"vegetation_density", Section::landscape, "1", "share of the cells that are vegetated", 0, 1,
     [](Scenario& s) -> double& { return s.vegetation_density; }},
    {"fuel_scale", Section::landscape, "1", "factor on the spread of every class of fuel", 0, vast,
     [](Scenario& s) -> double& { return s.fuel_scale; }},
    {"wind_speed", Section::weather, "km h-1", "wind speed", 0, vast,
     [](Scenario& s) -> double& { return s.weather.wind_speed; }},
    {"humidity", Section::weather, "percent", "relative humidity", 0, 100,
     [](Scenario& s) -> double& { return s.weather.humidity; }},
    {"temperature", Section::weather, "degC", "air temperature", -273.15, vast,
     [](Scenario& s) -> double& { return s.weather.temperature; }},
    {"wind_direction", Section::weather, "degree", "where the wind comes from, clockwise from true north",
     0, 360, [](Scenario& s) -> double& { return s.weather.wind_direction; }},
    {"change_step", Section::weather, "1", "step of the first change of the weather; later changes keep their distance", 1,
     max_steps_limit, [](Scenario& s) -> double& { return s.course.change_step; }, true},
    {"base_rate", Section::model, "1", "spread rate that everything else scales", 0, vast,
     [](Scenario& s) -> double& { return s.spread.base_rate; }},
    {"neighbour_weight", Section::model, "1", "what one burning neighbour contributes", 0, vast,
     [](Scenario& s) -> double& { return s.spread.neighbour_weight; }},
    {"wind_scale", Section::model, "km h-1", "wind that doubles the spread of still air", tiny, vast,
     [](Scenario& s) -> double& { return s.spread.wind_scale; }},
    {"humidity_offset", Section::model, "1", "humidity factor of perfectly dry air", -vast, vast,
     [](Scenario& s) -> double& { return s.spread.humidity_offset; }},
    {"temperature_offset", Section::model, "1", "temperature factor at 0 degC", -vast, vast,
     [](Scenario& s) -> double& { return s.spread.temperature_offset; }},
    {"temperature_scale", Section::model, "degC", "warming that adds 1 to the temperature factor", tiny, vast,
     [](Scenario& s) -> double& { return s.spread.temperature_scale; }},
    {"max_probability", Section::model, "1", "cap on the probability of spread", 0, 1,
     [](Scenario& s) -> double& { return s.spread.max_probability; }},
    {"max_probability_high_wind", Section::model, "1", "the same cap in high wind", 0, 1,
     [](Scenario& s) -> double& { return s.spread.max_probability_high_wind; }},
    {"high_wind", Section::model, "km h-1", "wind above which the second cap holds", 0, vast,
     [](Scenario& s) -> double& { return s.spread.high_wind; }},
    {"wind_directionality", Section::model, "h km-1", "how much the wind turns a fire; 0: it has no direction", 0, 1,
     [](Scenario& s) -> double& { return s.spread.wind_directionality; }},
    {"slope_coefficient", Section::model, "degree-1", "how much slopes speed a fire up; acts where there is elevation",
     0, 1, [](Scenario& s) -> double& { return s.spread.slope_coefficient; }},
    {"spotting_rate", Section::spotting, "1", "probability that a burning cell throws an ember in a step", 0, 1,
     [](Scenario& s) -> double& { return s.spotting.rate; }},
    {"spotting_distance", Section::spotting, "m", "median of how far embers fly; in cells where these have no size", 0,
     vast, [](Scenario& s) -> double& { return s.spotting.distance; }},
    {"spotting_sigma", Section::spotting, "1", "standard deviation of the logarithm of how far embers fly", 0, 10,
     [](Scenario& s) -> double& { return s.spotting.sigma; }},
    {"spotting_angle", Section::spotting, "degree", "standard deviation of where embers fly from downwind", 0, 180,
     [](Scenario& s) -> double& { return s.spotting.angle; }},
    {"spotting_ignition", Section::spotting, "1", "probability that an ember lights the vegetation it comes down on", 0,
     1, [](Scenario& s) -> double& { return s.spotting.ignition; }},
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
  const bool is_of_its_kind = !parameter.is_whole || value == std::floor(value);
  if (is_of_its_kind && value >= parameter.lower && value <= parameter.upper) return std::nullopt;
  return fmt::format("must be a {}number from {} to {}", parameter.is_whole ? "whole " : "", parameter.lower,
                     parameter.upper);
}

}  // namespace firesweep
