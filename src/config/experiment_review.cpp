#include "experiment_review.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "firesweep/experiment/axis.hpp"
#include "firesweep/experiment/parameter.hpp"

#include "design_keys.hpp"
#include "experiment_keys.hpp"

namespace firesweep {
namespace {

template <typename SomeAxis>
const SomeAxis* axis_of(const Experiment& experiment, std::string_view wanted) {
  for (const Axis& axis : experiment.axes)
    if (name(axis) == wanted) return std::get_if<SomeAxis>(&axis);
  return nullptr;
}

/// What the parameter of that name is in the scenarios, if it varies.
std::vector<double> varied_values(const Experiment& experiment, std::string_view parameter) {
  if (const auto* axis = axis_of<ParameterAxis>(experiment, parameter)) return axis->values;
  const SampleAxis* samples = samples_of(experiment);
  std::vector<double> values;
  for (std::size_t k = 0; samples && k < samples->design.parameters(); ++k)
    for (std::size_t i = 0; samples->design.columns[k].parameter->name == parameter && i < samples->samples();
         ++i)
      values.push_back(samples->value(i, k));
  return values;
}

// Air is never as dry as 1 percent for long, and who thinks in shares writes 0.15 for 15 percent.
void doubt_humidity(const SourceNode& root, const Experiment& experiment, std::vector<Problem>& found) {
  std::vector<double> values = varied_values(experiment, "humidity");
  const SourceEntry* varied = find_varied(root, experiment, "humidity");
  if (!varied && !experiment.overrides.contains("humidity")) return;
  if (!varied) values = {experiment.base.weather.humidity};
  const auto [least, most] = std::ranges::minmax(values);
  if (most <= 0.0 || most > 1.0) return;
  const std::string meant = least < most ? fmt::format("{:.6g} to {:.6g}", 100.0 * least, 100.0 * most)
                                         : fmt::format("{:.6g}", 100.0 * most);
  const std::string_view section = varied ? "matrix" : "weather";
  found.push_back(
      {varied ? varied->where : root.find(section, "humidity")->where,
       fmt::format("{}.humidity is at most 1 percent (it is in percent, not a share); did you mean {}?",
                   section, meant)});
}

constexpr std::string_view turn_fires = "model.wind_directionality, e.g. 0.036, lets the wind turn fires";

bool turns_fires(const Experiment& experiment) {
  return experiment.base.spread.wind_directionality > 0.0 ||
         std::ranges::any_of(varied_values(experiment, "wind_directionality"),
                             [](double value) { return value > 0.0; });
}

/// Whether every weather of the matrix says where its wind comes from.
bool has_directions(const Experiment& experiment) {
  const auto* axis = axis_of<WeatherAxis>(experiment, WeatherAxis::name);
  return axis && std::ranges::all_of(axis->weathers, [](const NamedWeather& weather) {
           return weather.parts.wind_direction.has_value();
         });
}

bool uses_wind_direction(const Experiment& experiment) {
  return turns_fires(experiment) || experiment.has_spotting();
}

void doubt_wind_direction(const SourceNode& root, const Experiment& experiment, std::vector<Problem>& found) {
  const SourceEntry* entry = root.find("weather", "wind_direction");
  if (!entry || uses_wind_direction(experiment)) return;
  found.push_back(
      {entry->where, fmt::format("weather.wind_direction changes nothing (it is kept with the results "
                                 "only); {}",
                                 turn_fires)});
}

// Levels differ in nothing but these three.
void doubt_danger_levels(const SourceNode& root, const Experiment& experiment, std::vector<Problem>& found) {
  const auto* axis = axis_of<DangerLevelAxis>(experiment, "danger_level");
  if (!axis || axis->levels.size() < 2) return;
  constexpr std::array<std::string_view, 3> parts = {"wind_speed", "humidity", "temperature"};
  const bool is_overridden = std::ranges::all_of(parts, [&](std::string_view part) {
    return root.find("weather", part) || find_varied(root, experiment, part);
  });
  if (!is_overridden) return;
  found.push_back(
      {root.find("matrix", "danger_level")->where,
       "the danger levels have no effect (wind_speed, humidity and temperature replace all of their "
       "weather, so all levels burn alike); leave danger_level out, or one of the three"});
}

// The sparser, the more fires fail to start, which then lowers every mean besides what density does to
// spread.
void doubt_starts(const SourceNode& root, const Experiment& experiment, std::vector<Problem>& found) {
  const std::vector<double> values = varied_values(experiment, "vegetation_density");
  if (values.size() < 2 || experiment.base.on_bare_ground != OnBareGround::skip) return;
  const double least = *std::ranges::min_element(values);
  found.push_back(
      {find_varied(root, experiment, "vegetation_density")->where,
       fmt::format(
           "vegetation_density is swept while on_bare_ground is skip (at density {}, {:.3g} % of the points "
           "are on bare ground and start nothing; fires that never started count as size 0, so sparse fuel "
           "looks safer than it is); set on_bare_ground to force or nearest, or compare estimates given "
           "that a fire starts",
           least, 100.0 * (1.0 - least))});
}

// Classes of fuel that say how dense they are leave it nothing to decide.
void doubt_density(const SourceNode& root, const Experiment& experiment, std::vector<Problem>& found) {
  const SourceEntry* varied = find_varied(root, experiment, "vegetation_density");
  const std::vector<FuelClass> classes = all_fuel_classes(experiment);
  if (!varied || classes.empty() ||
      std::ranges::any_of(classes, [](const FuelClass& fuel) { return fuel.burnable && !fuel.density; }))
    return;
  found.push_back(
      {varied->where,
       "vegetation_density changes nothing (every class of fuel says its own density, so all of its "
       "scenarios burn alike); leave it out, or leave densities out of fuel_classes"});
}

// A change that no fire lives to see.
void doubt_changes(const SourceNode& root, const Experiment& experiment, std::vector<Problem>& found) {
  const SourceEntry* entry = root.find("weather", "changes");
  if (!entry) return;
  const WeatherCourse& course = experiment.base.course;
  const double last = course.change_step + course.changes.back().delay;
  if (last < experiment.base.max_steps) return;
  found.push_back(
      {entry->where,
       fmt::format("the weather's change at step {} never comes (max_steps ends every fire at {})", last,
                   experiment.base.max_steps)});
}

void doubt_form(const SourceNode& root, const Experiment& experiment, std::vector<Problem>& found) {
  if (experiment.base.spread.form != Form::alexandridis) return;
  for (const char* const key : {"humidity", "temperature"})
    if (const SourceEntry* entry = find_varied(root, experiment, key))
      found.push_back(
          {entry->where, fmt::format("matrix.{} changes nothing (form alexandridis knows the wind only, so "
                                     "all its scenarios burn alike)",
                                     key)});
}

// What pandas.read_csv takes for missing by default; R's read.csv takes the first, readr the first and "".
constexpr std::array<std::string_view, 18> missing_words = {
    "NA",   "N/A",  "n/a",  "NaN", "nan",      "-NaN",   "-nan",    "null",    "NULL",
    "None", "<NA>", "#N/A", "#NA", "#N/A N/A", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN"};

void doubt_labels(const SourceNode& root, const Experiment& experiment, std::vector<Problem>& found) {
  const SourceEntry* sets = root.find("matrix", "ignition_set");
  const auto* axis = axis_of<IgnitionSetAxis>(experiment, "ignition_set");
  if (!sets || !axis) return;
  for (const NamedIgnitionSet& named : axis->sets) {
    if (std::ranges::find(missing_words, named.name) == missing_words.end()) continue;
    found.push_back(
        {sets->value.find(named.name)->where,
         fmt::format("ignition set '{}' will be lost in tables (pandas or R read this word as a missing "
                     "value); choose another name",
                     named.name)});
  }
}

}  // namespace

std::vector<Problem> wind_contradictions(const SourceNode& root, const Experiment& experiment) {
  const SourceEntry* axis = find_varied(root, experiment, "wind_direction");
  const bool is_unread = root.find("weather", "series") && !experiment.overrides.contains("wind_speed");
  const bool has_direction =
      axis || is_unread || experiment.overrides.contains("wind_direction") || has_directions(experiment);
  if (axis && !uses_wind_direction(experiment))
    return {{axis->where,
             fmt::format("matrix.wind_direction changes nothing (all its scenarios would burn alike); {}",
                         turn_fires)}};
  if (has_direction || !uses_wind_direction(experiment)) return {};
  const SourceEntry* entry = find_varied(root, experiment, "wind_directionality");
  for (const char* const key : {"wind_directionality", "form"})
    if (!entry) entry = root.find("model", key);
  std::string_view what = "turns fires";
  if (!turns_fires(experiment)) {
    what = "carries embers";
    entry = root.find("model", "spotting");
    if (!entry) entry = find_varied(root, experiment, "spotting_rate");
  }
  return {{entry->where,
           fmt::format("the wind {}, but nobody says where it comes from; give "
                       "weather.wind_direction [degrees clockwise from true north] or sweep it in matrix",
                       what)}};
}

std::vector<Problem> misgivings(const SourceNode& root, const Experiment& experiment) {
  std::vector<Problem> found;
  doubt_humidity(root, experiment, found);
  doubt_wind_direction(root, experiment, found);
  doubt_danger_levels(root, experiment, found);
  doubt_starts(root, experiment, found);
  doubt_density(root, experiment, found);
  doubt_labels(root, experiment, found);
  doubt_form(root, experiment, found);
  doubt_changes(root, experiment, found);
  return found;
}

}  // namespace firesweep
