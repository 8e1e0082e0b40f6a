#include "weather_keys.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/experiment/parameter.hpp"

#include "ground_values.hpp"
#include "yaml_text.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

struct Part {
  std::string_view name;  ///< of the parameter, too
  std::optional<double> WeatherParts::*in;
};

constexpr std::array<Part, 4> parts = {{{"wind_speed", &WeatherParts::wind_speed},
                                        {"humidity", &WeatherParts::humidity},
                                        {"temperature", &WeatherParts::temperature},
                                        {"wind_direction", &WeatherParts::wind_direction}}};

/// Without them there is no weather.
constexpr auto necessary = std::span(parts).first<3>();

constexpr std::string_view example = "{front: {wind_speed: 60, humidity: 8, temperature: 43}}";

std::vector<std::string_view> keys_with(std::initializer_list<std::string_view> others) {
  std::vector<std::string_view> keys;
  for (const Part& part : parts) keys.push_back(part.name);
  keys.insert(keys.end(), others);
  return keys;
}

/// Reads one weather: its numbers, and how it goes on.
class WeatherDecoder {
 public:
  WeatherDecoder(const std::optional<double>& step_minutes, ValueDecoder& decode)
      : step_minutes_(step_minutes), decode_(decode) {}

  WeatherParts read_parts(const SourceNode& node, std::string_view what) {
    WeatherParts read;
    for (const Part& part : parts)
      if (const SourceEntry* entry = node.find(part.name))
        read.*part.in = decode_.parameter(entry->value, fmt::format("{}.{}", what, part.name),
                                          *find_parameter(part.name));
    return read;
  }

  /// Of a list of changes.
  std::optional<WeatherCourse> read_changes(const SourceNode& node, const std::string& what) {
    if (node.kind != Kind::sequence || node.items.empty()) {
      decode_.problem(node.where,
                      fmt::format("{} must be a list of changes, not {}; write for example "
                                  "[{{step: 60, wind_direction: 225, wind_speed: 70}}]",
                                  what, node.kind == Kind::sequence ? "an empty one" : description(node)));
      return std::nullopt;
    }
    const std::size_t before = decode_.problems();
    WeatherCourse course;
    std::uint64_t last = 0;
    for (const SourceNode& item : node.items) {
      const std::optional<std::uint64_t> step = read_change(item, what, course);
      if (!step) continue;
      if (*step <= last)
        decode_.problem(item.where, fmt::format("{} must follow each other in time (step {} comes after step "
                                                "{}); put them in order, one for each step",
                                                what, *step, last));
      last = *step;
    }
    return decode_.problems() > before ? std::nullopt : std::optional(std::move(course));
  }

 private:
  /// Adds a change to the course, and returns its step.
  std::optional<std::uint64_t> read_change(const SourceNode& node, const std::string& what,
                                           WeatherCourse& course) {
    static const std::vector<std::string_view> keys = keys_with({"step", "after"});
    const std::size_t before = decode_.problems();
    decode_.section(node, what, keys);
    WeatherChange change{0, read_parts(node, what)};
    const std::optional<std::uint64_t> step = read_step(node, what);
    if (decode_.problems() == before && change.parts == WeatherParts{})
      decode_.problem(node.where, fmt::format("{} changes nothing at step {}; name what changes: {}", what,
                                              step.value_or(0), listing(keys_with({}))));
    if (!step || decode_.problems() > before) return std::nullopt;
    if (course.changes.empty()) course.change_step = static_cast<double>(*step);
    change.delay = static_cast<std::uint32_t>(*step) - static_cast<std::uint32_t>(course.change_step);
    course.changes.push_back(change);
    return step;
  }

  std::optional<std::uint64_t> read_step(const SourceNode& node, const std::string& what) {
    const SourceEntry* step = node.find("step");
    const SourceEntry* after = node.find("after");
    if ((step != nullptr) == (after != nullptr)) {
      if (node.kind == Kind::map)
        decode_.problem(node.where,
                        fmt::format("{} must say when, by either step or after; write for example "
                                    "step: 60, or after: 5 h",
                                    what));
      return std::nullopt;
    }
    if (step) return decode_.whole_number(step->value, what + ".step", 1, max_steps_limit);
    if (const auto minutes = StepLengthValue{}.decode(after->value, what + ".after", decode_))
      return step_at(*minutes, after->value, what);
    return std::nullopt;
  }

  std::optional<std::uint64_t> step_at(double minutes, const SourceNode& node, const std::string& what) {
    if (!step_minutes_) {
      decode_.problem(node.where, fmt::format("{}.after is a time, and nobody has said what a step takes; "
                                              "give model.step_length, or write step in its place",
                                              what));
      return std::nullopt;
    }
    constexpr double rounding = 1e-9;
    const double steps = minutes / *step_minutes_;
    const double whole = std::round(steps);
    if (whole >= 1 && whole <= max_steps_limit && std::abs(steps - whole) <= rounding * whole)
      return static_cast<std::uint64_t>(whole);
    decode_.problem(node.where,
                    fmt::format("{}.after must be a whole number of steps of {} min, and {} is {:.6g} "
                                "of them",
                                what, *step_minutes_, description(node), steps));
    return std::nullopt;
  }

  const std::optional<double>& step_minutes_;
  ValueDecoder& decode_;
};

std::vector<std::string> part_texts(const WeatherParts& weather) {
  std::vector<std::string> texts;
  for (const Part& part : parts)
    if (const auto& value = weather.*part.in) texts.push_back(fmt::format("{}: {}", part.name, *value));
  return texts;
}

std::string changes_text(const WeatherCourse& course) {
  std::vector<std::string> changes;
  for (const WeatherChange& change : course.changes)
    changes.push_back(fmt::format("{{step: {}, {}}}", course.change_step + change.delay,
                                  fmt::join(part_texts(change.parts), ", ")));
  return fmt::format("[{}]", fmt::join(changes, ", "));
}

Json number_forms() {
  Json forms;
  for (const Part& part : parts) {
    const Parameter& parameter = *find_parameter(part.name);
    forms[std::string(part.name)] = {
        {"type", "number"}, {"minimum", parameter.lower}, {"maximum", parameter.upper}};
  }
  return forms;
}

Json changes_form() {
  Json numbers = {{"step", {{"type", "integer"}, {"minimum", 1}, {"maximum", max_steps_limit}}},
                  {"after", StepLengthValue{}.schema()}};
  numbers.update(number_forms());
  Json form = {{"type", "array"}, {"minItems", 1}};
  form["items"] = {{"type", "object"}, {"additionalProperties", false}, {"properties", numbers}};
  return form;
}

Json end_form() {
  return {{"type", "integer"}, {"minimum", 1}, {"maximum", max_steps_limit}};
}

std::optional<std::uint32_t> decode_end(const SourceNode& node, const std::string& what,
                                        ValueDecoder& decode) {
  const auto step = decode.whole_number(node, what, 1, max_steps_limit);
  return step ? std::optional(static_cast<std::uint32_t>(*step)) : std::nullopt;
}

ExperimentKey changes_key() {
  ExperimentKey key{
      "weather",
      "changes",
      "How the weather changes while a fire burns: from which step on, or after how much time, and "
      "what is other then; the rest stays.",
      ExperimentKey::Role::run,
      changes_form(),
      {},
      {}};
  key.decode = [what = key.full_name()](const SourceNode& node, ValueDecoder& decode,
                                        Experiment& experiment) {
    WeatherCourse& course = experiment.base.course;
    if (auto read = WeatherDecoder(experiment.ground.step_minutes, decode).read_changes(node, what)) {
      read->end = course.end;
      course = std::move(*read);
    }
  };
  key.text = [](const Experiment& experiment) -> std::optional<std::string> {
    const WeatherCourse& course = experiment.base.course;
    return course.changes.empty() ? std::nullopt : std::optional(changes_text(course));
  };
  return key;
}

ExperimentKey end_key() {
  ExperimentKey key{
      "weather",
      "known_until",
      "Step from which on the weather is not known; the last holds, and it is said how many fires "
      "burnt on.",
      ExperimentKey::Role::run,
      end_form(),
      {},
      {}};
  key.decode = [what = key.full_name()](const SourceNode& node, ValueDecoder& decode,
                                        Experiment& experiment) {
    experiment.base.course.end = decode_end(node, what, decode);
  };
  key.text = [](const Experiment& experiment) -> std::optional<std::string> {
    const auto& end = experiment.base.course.end;
    return end ? std::optional(fmt::format("{}", *end)) : std::nullopt;
  };
  return key;
}

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

void check_named_weathers(const SourceNode& root, const WeatherAxis& axis, ValueDecoder& decode) {
  const SourceNode& node = root.find("matrix", WeatherAxis::name)->value;
  for (const NamedWeather& weather : axis.weathers) {
    const SourceEntry* entry = node.find(weather.name);
    const Location& where = entry ? entry->where : node.where;
    std::vector<std::string_view> missing;
    for (const Part& part : parts) {
      const SourceEntry* of_all = root.find("weather", part.name);
      if (of_all && weather.parts.*part.in)
        decode.problem(where, fmt::format("matrix.weather.{} and weather both give {} (for every weather); "
                                          "remove one of the two",
                                          weather.name, part.name));
      const bool is_needed = std::ranges::find(necessary, part.name, &Part::name) != necessary.end();
      if (is_needed && !of_all && !(weather.parts.*part.in) && !root.find("matrix", part.name))
        missing.push_back(part.name);
    }
    if (!missing.empty())
      decode.problem(where, fmt::format("matrix.weather.{} is incomplete; give {}, there or in weather",
                                        weather.name, listing(missing)));
  }
}

/// An axis holds in every period, so that a change of the same number would come to nothing.
void check_swept_changes(const SourceNode& root, const Experiment& experiment, ValueDecoder& decode) {
  for (const Part& part : parts) {
    const SourceEntry* axis = root.find("matrix", part.name);
    if (!axis) continue;
    for (const auto& [name, course] : courses_of(experiment))
      if (std::ranges::any_of(course->changes, [&](const WeatherChange& change) {
            return (change.parts.*part.in).has_value();
          }))
        decode.problem(axis->where,
                       fmt::format("matrix.{0} is swept, which holds all the time, and {1} change "
                                   "{0}; leave one of the two out",
                                   part.name, name));
  }
}

void check_change_step(const SourceNode& root, const Experiment& experiment, ValueDecoder& decode) {
  const SourceEntry* entry = root.find("matrix", "change_step");
  if (!entry) entry = root.find("weather", "change_step");
  if (!entry || !experiment.base.course.changes.empty()) return;
  const WeatherAxis* axis = weathers_of(experiment);
  std::vector<std::string_view> constant;
  for (const NamedWeather& weather : axis ? axis->weathers : std::vector<NamedWeather>())
    if (weather.course.changes.empty()) constant.push_back(weather.name);
  if (axis && constant.empty()) return;
  decode.problem(entry->where, fmt::format("change_step moves the changes of the weather, and {} none; give "
                                           "weather.changes",
                                           axis ? fmt::format("matrix.weather.{} has", constant.front())
                                                : std::string("there are")));
}

}  // namespace

void add_weather_keys(ExperimentKeys& keys) {
  keys.push_back(changes_key());
  keys.push_back(end_key());
}

Json weathers_form() {
  Json numbers = number_forms();
  numbers["changes"] = changes_form();
  numbers["known_until"] = end_form();
  return {{"type", "object"},
          {"minProperties", 1},
          {"additionalProperties",
           {{"type", "object"}, {"additionalProperties", false}, {"properties", numbers}}}};
}

std::string weather_text(const NamedWeather& weather) {
  std::vector<std::string> texts = part_texts(weather.parts);
  if (!weather.course.changes.empty())
    texts.push_back(fmt::format("changes: {}", changes_text(weather.course)));
  if (weather.course.end) texts.push_back(fmt::format("known_until: {}", *weather.course.end));
  return fmt::format("{{{}}}", fmt::join(texts, ", "));
}

std::optional<WeatherAxis> decode_weathers(const SourceNode& node, const std::optional<double>& step_minutes,
                                           ValueDecoder& decode) {
  constexpr std::string_view what = "matrix.weather";
  if (node.kind != Kind::map || node.entries.empty()) {
    decode.problem(node.where,
                   fmt::format("{} must be a map of names to weathers, not {}; write for example {}", what,
                               node.kind == Kind::map ? "an empty one" : description(node), example));
    return std::nullopt;
  }
  static const std::vector<std::string_view> keys = keys_with({"changes", "known_until"});
  const std::size_t before = decode.problems();
  WeatherAxis axis;
  WeatherDecoder decoder(step_minutes, decode);
  for (const SourceEntry& entry : node.entries) {
    const std::string own = fmt::format("{}.{}", what, entry.key);
    NamedWeather& weather = axis.weathers.emplace_back(NamedWeather{entry.key, {}, {}});
    if (!decode.section(entry.value, own, keys)) continue;
    weather.parts = decoder.read_parts(entry.value, own);
    if (const SourceEntry* changes = entry.value.find("changes"))
      weather.course = decoder.read_changes(changes->value, own + ".changes").value_or(WeatherCourse{});
    if (const SourceEntry* end = entry.value.find("known_until"))
      weather.course.end = decode_end(end->value, own + ".known_until", decode);
  }
  return decode.problems() > before ? std::nullopt : std::optional(std::move(axis));
}

void check_weather(const SourceNode& root, const Experiment& experiment, ValueDecoder& decode) {
  const SourceEntry* levels = root.find("matrix", DangerLevelAxis::name);
  const SourceEntry* weathers = root.find("matrix", WeatherAxis::name);
  if (levels && weathers)
    decode.problem(
        weathers->where,
        "matrix.weather stands in the place of matrix.danger_level (a level is a weather); leave one "
        "of the two out");
  if (const WeatherAxis* axis = weathers_of(experiment)) check_named_weathers(root, *axis, decode);
  check_swept_changes(root, experiment, decode);
  check_change_step(root, experiment, decode);
}

}  // namespace firesweep
