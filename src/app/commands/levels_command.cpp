#include <array>
#include <cstddef>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/experiment/parameter.hpp"
#include "firesweep/model/danger_level.hpp"
#include "firesweep/model/rating.hpp"
#include "firesweep/model/spread.hpp"

#include "commands/commands.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

constexpr std::array<std::size_t, 5> neighbours_shown = {1, 2, 3, 4, 8};

void print_levels() {
  Table table;
  table.add_column("danger level", Table::Align::left);
  for (const char* const heading : {"wind km/h", "humidity %", "temp. degC"})
    table.add_column(heading, Table::Align::right);
  for (const std::size_t n : neighbours_shown) table.add_column(fmt::format("p({})", n), Table::Align::right);
  table.add_column("its weather is rated", Table::Align::left);
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
  fmt::print(
      "{}\np(n): probability that a vegetation cell with n of its 8 neighbours burning catches fire in the "
      "next step\n",
      table.text());
}

void print_rating(const Weather& weather) {
  const SpreadProbability p = spread_probability(weather, SpreadParameters{});
  fmt::print("wind {} km/h, humidity {} %, temperature {} degC: rated {}{}\n", weather.wind_speed,
             weather.humidity, weather.temperature, name(rate(weather)),
             is_dangerous(weather) ? ", dangerous (hot and dry)" : "");
  for (const std::size_t n : neighbours_shown) fmt::print("p({}) = {:.4f}\n", n, p[n]);
}

// Observed weather keeps to the limits of an experiment's.
double checked(std::string_view parameter, std::string_view option, double value) {
  if (const auto why = objection(*find_parameter(parameter), value))
    throw InputError(fmt::format("{} {}: {} {}", option, value, parameter, *why));
  return value;
}

}  // namespace

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

}  // namespace firesweep
