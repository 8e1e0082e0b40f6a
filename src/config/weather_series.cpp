#include "weather_series.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/wording.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/weather/clock_time.hpp"
#include "firesweep/weather/station.hpp"
#include "firesweep/weather/station_days.hpp"

namespace firesweep {
namespace {

/// Reads a station's file, or notes what is wrong with it.
std::optional<StationReadings> read_file(const SourceNode& node, const std::string& what,
                                         const StationOptions& options, const StationFiles& files,
                                         ValueDecoder& decode) {
  const auto path = decode.text(node, what);
  if (!path) return std::nullopt;
  try {
    StationReadings station = read_station(files.folder / *path, options);
    if (station.skipped > 0)
      files.warnings.push_back(
          {node.where, fmt::format("{}: {} of '{}' without temperature, humidity or wind speed "
                                   "{} passed over (the weather before holds on)",
                                   what, counted(station.skipped, "reading"), *path,
                                   station.skipped == 1 ? "is" : "are")});
    return station;
  } catch (const InputError& error) {
    for (const Problem& problem : error.problems())
      decode.problem(problem.where.source.empty() ? node.where : problem.where, problem.message);
    return std::nullopt;
  }
}

WeatherParts parts_of(const StationReading& reading, bool has_directions) {
  const Weather& weather = reading.weather;
  WeatherParts parts{
      .wind_speed = weather.wind_speed, .humidity = weather.humidity, .temperature = weather.temperature};
  if (has_directions) parts.wind_direction = weather.wind_direction;
  return parts;
}

/// Whether the file says where winds come from; in a calm there is nothing to say.
bool has_directions(const StationReadings& station) {
  return std::ranges::any_of(station.readings, &StationReading::has_direction);
}

/// Reads the keys of a series into options.
class SeriesDecoder {
 public:
  SeriesDecoder(const SourceNode& node, const std::string& what, ValueDecoder& decode)
      : node_(node), what_(what), decode_(decode) {}

  std::optional<StationOptions> options() {
    const std::size_t before = decode_.problems();
    StationOptions options;
    options.from = time("from");
    options.to = time("to");
    if (const SourceEntry* format = node_.find("time_format"))
      options.time_format = decode_.text(format->value, what_ + ".time_format").value_or("");
    if (const SourceEntry* interval = node_.find("interval")) read_interval(interval->value, options);
    if (!options.from && decode_.problems() == before)
      decode_.problem(node_.where,
                      fmt::format("{}.from is missing: when does the fire start? Give a time of the "
                                  "station's clock, for example 2019-12-30T15:00",
                                  what_));
    return decode_.problems() > before ? std::nullopt : std::optional(std::move(options));
  }

 private:
  std::optional<ClockTime> time(std::string_view key) {
    const SourceEntry* entry = node_.find(key);
    if (!entry) return std::nullopt;
    const std::string what = fmt::format("{}.{}", what_, key);
    const auto text = decode_.text(entry->value, what);
    if (!text) return std::nullopt;
    if (const auto written = parse_iso_time(*text)) return written->time;
    decode_.problem(entry->value.where, fmt::format("{} must be a time such as 2019-12-30T15:00, not {}",
                                                    what, description(entry->value)));
    return std::nullopt;
  }

  void read_interval(const SourceNode& node, StationOptions& options) {
    const auto text = decode_.text(node, what_ + ".interval");
    if (!text) return;
    options.interval = parse_span(*text);
    if (!options.interval)
      decode_.problem(node.where,
                      fmt::format("{}.interval must be a time with its unit, such as 10 min, not {}", what_,
                                  description(node)));
  }

  const SourceNode& node_;
  const std::string& what_;
  ValueDecoder& decode_;
};

/// The first step that begins at a time after ignition or later.
std::uint32_t step_at(std::chrono::seconds after, double step_minutes) {
  constexpr double rounding = 1e-9;
  const double steps = static_cast<double>(after.count()) / 60.0 / step_minutes;
  return static_cast<std::uint32_t>(std::min(std::ceil(steps - rounding), double{max_steps_limit}));
}

/// What holds from which step on; of several readings in a step the last.
StationWeather weather_of(const StationReadings& station, ClockTime start, double step_minutes) {
  const bool with_directions = has_directions(station);
  StationWeather weather;
  WeatherParts last;
  std::uint32_t step = 0;
  for (const StationReading& reading : station.readings) {
    const WeatherParts parts = parts_of(reading, with_directions);
    const bool is_before = reading.time <= start;
    step = is_before ? 0 : step_at(reading.time - start, step_minutes);
    if (step == 0) {
      weather.parts = last = parts;
      continue;
    }
    std::vector<WeatherChange>& changes = weather.course.changes;
    const auto first = static_cast<std::uint32_t>(weather.course.change_step);
    if (!changes.empty() && first + changes.back().delay == step)
      changes.back().parts = parts;
    else if (parts != last && changes.empty())
      weather.course = {.changes = {{0, parts}}, .change_step = static_cast<double>(step), .end = {}};
    else if (parts != last)
      changes.push_back({step - first, parts});
    last = parts;
  }
  weather.course.end = std::max(step, 1U);
  return weather;
}

}  // namespace

Json series_forms() {
  Json forms;
  for (const std::string_view key : series_keys) forms[std::string(key)] = {{"type", "string"}};
  return forms;
}

std::optional<StationWeather> read_series(const SourceNode& node, const std::string& what,
                                          const std::optional<double>& step_minutes, StationFiles files,
                                          ValueDecoder& decode) {
  const SourceNode& file = node.find("series")->value;
  if (!step_minutes) {
    decode.problem(file.where, fmt::format("{}.series has times, and nobody has said what a step takes; give "
                                           "model.step_length",
                                           what));
    return std::nullopt;
  }
  const auto options = SeriesDecoder(node, what, decode).options();
  if (!options) return std::nullopt;
  const auto station = read_file(file, what + ".series", *options, files, decode);
  if (!station) return std::nullopt;
  return weather_of(*station, *options->from, *step_minutes);
}

std::optional<WeatherAxis> read_days(const SourceNode& node, const std::string& what, StationFiles files,
                                     ValueDecoder& decode) {
  StationOptions options;
  options.gaps = StationOptions::Gaps::counted;
  const auto station = read_file(node, what, options, files, decode);
  if (!station) return std::nullopt;
  const bool with_directions = has_directions(*station);
  WeatherAxis axis;
  for (const StationDay& day : days_of(*station))
    axis.weathers.push_back({date_text(day.date), parts_of(day.worst, with_directions), {}});
  return axis;
}

}  // namespace firesweep
