#include "weather_check.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "design_keys.hpp"
#include "weather_parts.hpp"

namespace firesweep {
namespace {

const WeatherAxis* weathers_of(const Experiment& experiment) {
  for (const Axis& axis : experiment.axes)
    if (const auto* weathers = std::get_if<WeatherAxis>(&axis)) return weathers;
  return nullptr;
}

/// The courses of an experiment, with the names of their changes.
std::vector<std::pair<std::string, const WeatherCourse*>> courses_of(const Experiment& experiment) {
  std::vector<std::pair<std::string, const WeatherCourse*>> courses = {
      {"weather.changes", &experiment.base.course}};
  if (const WeatherAxis* axis = weathers_of(experiment))
    for (const NamedWeather& weather : axis->weathers)
      courses.emplace_back(fmt::format("matrix.weather.{}.changes", weather.name), &weather.course);
  return courses;
}

void check_named_weathers(const SourceNode& root, const Experiment& experiment, const WeatherAxis& axis,
                          ValueDecoder& decode) {
  const SourceNode& node = root.find("matrix", WeatherAxis::name)->value;
  for (const NamedWeather& weather : axis.weathers) {
    const SourceEntry* entry = node.find(weather.name);
    const Location& where = entry ? entry->where : node.where;
    std::vector<std::string_view> missing;
    for (const WeatherPart& part : weather_parts) {
      const SourceEntry* of_all = root.find("weather", part.name);
      if (of_all && weather.parts.*part.in)
        decode.problem(where, fmt::format("matrix.weather.{} and weather both give {} (for every weather); "
                                          "remove one of the two",
                                          weather.name, part.name));
      if (part.is_needed && !of_all && !(weather.parts.*part.in) && !find_varied(root, experiment, part.name))
        missing.push_back(part.name);
    }
    if (!missing.empty())
      decode.problem(where, fmt::format("matrix.weather.{} is incomplete; give {}, there or in weather",
                                        weather.name, listing(missing)));
  }
}

/// An axis holds in every period, so that a change of the same number would come to nothing.
void check_swept_changes(const SourceNode& root, const Experiment& experiment, ValueDecoder& decode) {
  for (const WeatherPart& part : weather_parts) {
    const SourceEntry* axis = find_varied(root, experiment, part.name);
    if (!axis) continue;
    for (const auto& [name, course] : courses_of(experiment))
      if (std::ranges::any_of(course->changes, [&](const WeatherChange& change) {
            return (change.parts.*part.in).has_value();
          }))
        decode.problem(axis->where, fmt::format("{0} is swept, which holds all the time, and {1} change "
                                                "{0}; leave one of the two out",
                                                part.name, name));
  }
}

void check_change_step(const SourceNode& root, const Experiment& experiment, ValueDecoder& decode) {
  const SourceEntry* entry = find_varied(root, experiment, "change_step");
  if (!entry) entry = root.find("weather", "change_step");
  if (!entry || !experiment.base.course.changes.empty()) return;
  std::string constant;
  if (const WeatherAxis* axis = weathers_of(experiment)) {
    const auto found = std::ranges::find_if(
        axis->weathers, [](const NamedWeather& weather) { return weather.course.changes.empty(); });
    if (found == axis->weathers.end()) return;
    constant = found->name;
  }
  decode.problem(entry->where,
                 fmt::format("change_step moves the changes of the weather, and {} none; give "
                             "weather.changes",
                             constant.empty() ? std::string("there are")
                                              : fmt::format("matrix.weather.{} has", constant)));
}

}  // namespace

void check_weather(const SourceNode& root, const Experiment& experiment, ValueDecoder& decode) {
  const SourceEntry* levels = root.find("matrix", DangerLevelAxis::name);
  const SourceEntry* weathers = root.find("matrix", WeatherAxis::name);
  if (levels && weathers)
    decode.problem(
        weathers->where,
        "matrix.weather stands in the place of matrix.danger_level (a level is a weather); leave one "
        "of the two out");
  if (const WeatherAxis* axis = weathers_of(experiment))
    check_named_weathers(root, experiment, *axis, decode);
  check_swept_changes(root, experiment, decode);
  check_change_step(root, experiment, decode);
}

}  // namespace firesweep
