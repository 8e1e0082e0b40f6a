#include "weather_keys.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/experiment/parameter.hpp"

#include "ground_values.hpp"
#include "weather_parts.hpp"
#include "yaml_text.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

constexpr std::string_view example = "{front: {wind_speed: 60, humidity: 8, temperature: 43}}";

std::vector<std::string_view> keys_with(std::initializer_list<std::string_view> others) {
  std::vector<std::string_view> keys;
  for (const WeatherPart& part : weather_parts) keys.push_back(part.name);
  keys.insert(keys.end(), others);
  return keys;
}

std::vector<std::string_view> named_keys() {
  std::vector<std::string_view> keys = keys_with({"changes", "known_until"});
  keys.insert(keys.end(), series_keys.begin(), series_keys.end());
  return keys;
}

/// A series says all of a weather.
void refuse_beside_series(const SourceNode& node, const std::string& what, ValueDecoder& decode) {
  static const std::vector<std::string_view> said = keys_with({"changes", "known_until"});
  for (const SourceEntry& entry : node.entries)
    if (std::ranges::find(said, entry.key) != said.end())
      decode.problem(entry.where,
                     fmt::format("{}.{} stands beside a series, which says it; leave one of the two out",
                                 what, entry.key));
}

/// Reads one weather: its numbers, and how it goes on.
class WeatherDecoder {
 public:
  WeatherDecoder(const std::optional<double>& step_minutes, ValueDecoder& decode)
      : step_minutes_(step_minutes), decode_(decode) {}

  WeatherParts read_parts(const SourceNode& node, std::string_view what) {
    WeatherParts read;
    for (const WeatherPart& part : weather_parts)
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
  for (const WeatherPart& part : weather_parts)
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
  for (const WeatherPart& part : weather_parts) {
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

constexpr std::array<std::pair<std::string_view, std::string_view>, series_keys.size()> series_meanings = {{
    {"series", "File of a station whose readings are the weather; the experiment is kept with the numbers."},
    {"from", "When a fire starts, on the station's clock, e.g. `2019-12-30T15:00`."},
    {"to", "The last reading to be used; unless given, that of the file."},
    {"time_format", "How the file writes times, as of strptime; unless given, ISO 8601."},
    {"interval", "From reading to reading, e.g. `10 min`, where the file repeats one time."},
}};

}  // namespace

void add_weather_keys(ExperimentKeys& keys) {
  for (const auto& [name, meaning] : series_meanings) {
    ExperimentKey key{"weather", name, std::string(meaning), ExperimentKey::Role::run, {{"type", "string"}},
                      {},        {}};
    key.text = [](const Experiment&) { return std::nullopt; };  // it has become numbers and changes
    keys.push_back(std::move(key));
  }
  keys.push_back(changes_key());
  keys.push_back(end_key());
}

Json weathers_form() {
  Json numbers = number_forms();
  numbers["changes"] = changes_form();
  numbers["known_until"] = end_form();
  numbers.update(series_forms());
  const Json named = {{"type", "object"},
                      {"minProperties", 1},
                      {"additionalProperties",
                       {{"type", "object"}, {"additionalProperties", false}, {"properties", numbers}}}};
  return {{"oneOf", Json::array({named, Json{{"type", "string"}}})}};
}

std::string weather_text(const NamedWeather& weather) {
  std::vector<std::string> texts = part_texts(weather.parts);
  if (!weather.course.changes.empty())
    texts.push_back(fmt::format("changes: {}", changes_text(weather.course)));
  if (weather.course.end) texts.push_back(fmt::format("known_until: {}", *weather.course.end));
  return fmt::format("{{{}}}", fmt::join(texts, ", "));
}

std::optional<WeatherAxis> decode_weathers(const SourceNode& node, const std::optional<double>& step_minutes,
                                           std::optional<StationFiles> files, ValueDecoder& decode) {
  constexpr std::string_view what = "matrix.weather";
  if (node.kind == Kind::scalar && !node.text.empty() && files)
    return read_days(node, std::string(what), *files, decode);
  if (node.kind != Kind::map || node.entries.empty()) {
    decode.problem(
        node.where,
        fmt::format(
            "{} must be a map of names to weathers, or a station's file, not {}; write for example {}", what,
            node.kind == Kind::map ? "an empty one" : description(node), example));
    return std::nullopt;
  }
  static const std::vector<std::string_view> keys = named_keys();
  const std::size_t before = decode.problems();
  WeatherAxis axis;
  WeatherDecoder decoder(step_minutes, decode);
  for (const SourceEntry& entry : node.entries) {
    const std::string own = fmt::format("{}.{}", what, entry.key);
    NamedWeather& weather = axis.weathers.emplace_back(NamedWeather{entry.key, {}, {}});
    if (!decode.section(entry.value, own, keys)) continue;
    if (entry.value.find("series") && files) {
      if (const auto read = read_series(entry.value, own, step_minutes, *files, decode))
        weather = {entry.key, read->parts, read->course};
      refuse_beside_series(entry.value, own, decode);
      continue;
    }
    weather.parts = decoder.read_parts(entry.value, own);
    if (const SourceEntry* changes = entry.value.find("changes"))
      weather.course = decoder.read_changes(changes->value, own + ".changes").value_or(WeatherCourse{});
    if (const SourceEntry* end = entry.value.find("known_until"))
      weather.course.end = decode_end(end->value, own + ".known_until", decode);
  }
  return decode.problems() > before ? std::nullopt : std::optional(std::move(axis));
}

void complete_weather(const SourceNode& node, std::optional<StationFiles> files, Experiment& experiment,
                      ValueDecoder& decode) {
  if (!node.find("series") || !files) return;
  refuse_beside_series(node, "weather", decode);
  const auto read = read_series(node, "weather", experiment.ground.step_minutes, *files, decode);
  if (!read) return;
  experiment.base.weather = read->parts.over(experiment.base.weather);
  experiment.base.course = read->course;
  for (const WeatherPart& part : weather_parts)
    if (read->parts.*part.in) experiment.overrides.insert(find_parameter(part.name)->name);
}

}  // namespace firesweep
