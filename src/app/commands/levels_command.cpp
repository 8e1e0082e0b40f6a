#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/experiment/parameter.hpp"
#include "firesweep/model/danger_level.hpp"
#include "firesweep/model/rating.hpp"
#include "firesweep/model/spread.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

struct LevelsOptions {
  std::optional<double> wind_speed;   ///< [km h-1]
  std::optional<double> humidity;     ///< [percent]
  std::optional<double> temperature;  ///< [degC]
};

constexpr std::array<std::size_t, 5> neighbours_shown = {1, 2, 3, 4, 8};

constexpr std::string_view scales =
    R"(p(n): probability that a vegetation cell with n of its 8 neighbours burning catches fire in the next step

Two scales, which share names and nothing else; neither is an official rating:

danger level     What experiments simulate: one weather for each of seven names, those that Australian fire danger
                 ratings had before the system of September 2022 (which has moderate, high, extreme, catastrophic).
observed, rated  How a weather is rated that was observed: the first of five names whose thresholds temperature,
                 humidity and wind have all passed.
                   catastrophic  above 40 degC, below 15 %, above 60 km/h
                   extreme       above 35 degC, below 20 %, above 40 km/h
                   severe        above 30 degC, below 25 %, above 30 km/h
                   high          above 25 degC, below 40 %, above 20 km/h
                   moderate      any other weather
The weather of a level lies beyond the thresholds of a name or short of them, so it may be rated with another name.
)";

void print_levels() {
  Table table;
  table.add_column("danger level", Table::Align::left);
  for (const char* const heading : {"wind km/h", "humidity %", "temp. degC"})
    table.add_column(heading, Table::Align::right);
  for (const std::size_t n : neighbours_shown) table.add_column(fmt::format("p({})", n), Table::Align::right);
  table.add_column("observed, rated", Table::Align::left);
  for (const DangerLevel level : all_danger_levels) {
    const Weather weather = weather_of(level);
    const SpreadProbability p = spread_probability(weather, SpreadParameters{});
    std::vector<std::string> row = {std::string(name(level)), fmt::format("{}", weather.wind_speed),
                                    fmt::format("{}", weather.humidity),
                                    fmt::format("{}", weather.temperature)};
    for (const std::size_t n : neighbours_shown) row.push_back(fmt::format("{:.4f}", p[n]));
    row.emplace_back(name(rate(weather)));
    table.add_row(std::move(row));
  }
  fmt::print("{}\n{}", table.text(), scales);
}

// The level with exactly this weather, or between which levels fire would spread; fire spreads the faster the
// higher p(1).
std::string place_among_levels(const Weather& weather) {
  const auto spread = [](const Weather& one) { return spread_probability(one, SpreadParameters{})[1]; };
  const auto above = std::ranges::find_if(
      all_danger_levels, [&](DangerLevel level) { return spread(weather_of(level)) >= spread(weather); });
  if (above == all_danger_levels.end()) return "fire spreads faster than at level catastrophic";
  if (weather_of(*above) == weather) return fmt::format("exactly level {}", name(*above));
  if (spread(weather_of(*above)) == spread(weather))
    return fmt::format("fire spreads as at level {}", name(*above));
  if (above == all_danger_levels.begin()) return "fire spreads slower than at level low";
  return fmt::format("fire spreads between levels {} and {}", name(*std::prev(above)), name(*above));
}

void print_rating(const Weather& weather) {
  const SpreadProbability p = spread_probability(weather, SpreadParameters{});
  fmt::print("wind {} km/h, humidity {} %, temperature {} degC\n", weather.wind_speed, weather.humidity,
             weather.temperature);
  fmt::print("as a danger level: {}\n", place_among_levels(weather));
  fmt::print("as observed weather: rated {}{}\n", name(rate(weather)),
             is_dangerous(weather) ? ", dangerous (hot and dry)" : "");
  for (const std::size_t n : neighbours_shown) fmt::print("p({}) = {:.4f}\n", n, p[n]);
  fmt::print("\nThese are two scales; 'firesweep levels' says what each is.\n");
}

// Observed weather keeps to the limits of an experiment's.
double checked(std::string_view parameter, std::string_view option, double value) {
  if (const auto why = objection(*find_parameter(parameter), value))
    throw InputError(fmt::format("{} {}: {} {}", option, value, parameter, *why));
  return value;
}

ExitCode levels_command(const LevelsOptions& options) {
  const int given =
      options.wind_speed.has_value() + options.humidity.has_value() + options.temperature.has_value();
  if (given == 0) {
    print_levels();
  } else if (given == 3) {
    print_rating({.wind_speed = checked("wind_speed", "--wind-speed", *options.wind_speed),
                  .humidity = checked("humidity", "--humidity", *options.humidity),
                  .temperature = checked("temperature", "--temperature", *options.temperature)});
  } else {
    throw InputError("to rate a weather give all three of --wind-speed, --humidity and --temperature");
  }
  return ExitCode::done;
}

}  // namespace

Action add_levels(CLI::App& levels) {
  const auto read = std::make_shared<LevelsOptions>();
  LevelsOptions& options = *read;
  levels.add_option("--wind-speed", options.wind_speed, "observed wind [km/h]");
  levels.add_option("--humidity", options.humidity, "observed relative humidity [%]");
  levels.add_option("--temperature", options.temperature, "observed temperature [degC]");
  levels.footer(
      "Examples:\n  firesweep levels\n  firesweep levels --wind-speed 45 --humidity 18 --temperature 38");
  return [read](const Invocation&) { return levels_command(*read); };
}

}  // namespace firesweep
