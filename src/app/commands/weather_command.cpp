#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/weather/station.hpp"

#include "commands/command.hpp"
#include "view/station_view.hpp"

namespace firesweep {
namespace {

struct WeatherOptions {
  std::string path;
  StationOptions reading;
  StationChoices choices;
  std::string per;
  bool is_json = false;
  bool is_csv = false;
  bool is_axis = false;
};

std::chrono::seconds span_of(std::string_view option, const std::string& given) {
  if (const auto span = parse_span(given)) return *span;
  throw InputError(fmt::format(
      "{} '{}' is no length of time with its unit, such as '10 min', '24 h' or '2 d'", option, given));
}

ExitCode weather_command(const WeatherOptions& options) {
  if (options.is_json + options.is_csv + options.is_axis > 1)
    throw InputError("--json, --csv and --as-axis: choose one");
  StationChoices choices = options.choices;
  choices.is_per_day = options.per.empty() ? !choices.last : options.per == "day";
  const StationView view = view_of(read_station(options.path, options.reading), choices);
  if (options.is_json) {
    fmt::print("{}\n", json_text(json_of(view)));
  } else if (options.is_csv) {
    fmt::print("{}", station_csv(view));
  } else if (options.is_axis) {
    fmt::print("{}", station_axis(view));
  } else {
    print_station(view);
  }
  return ExitCode::done;
}

void add_reading_options(CLI::App& weather, StationOptions& reading) {
  weather
      .add_option("--time-format", reading.time_format,
                  "how times are written, as of strptime (default: ISO 8601)")
      ->type_name("FORMAT");
  weather
      .add_option_function<std::string>(
          "--interval", [&](const std::string& given) { reading.interval = span_of("--interval", given); },
          "from reading to reading, where the file repeats one time, e.g. '10 min'")
      ->type_name("SPAN");
  weather.add_flag_callback(
      "--gust", [&] { reading.wind = StationOptions::Wind::gust; },
      "the strongest gust in the wind's stead; of the Bureau's daily observations that of the day, with the "
      "rest of 3 pm");
  weather
      .add_option_function<std::vector<std::string>>(
          "--column",
          [&](const std::vector<std::string>& given) {
            for (const std::string& choice : given) {
              const std::size_t mark = choice.find('=');
              if (mark == std::string::npos)
                throw InputError(
                    fmt::format("--column '{}': write it as KEY=NAME, e.g. wind_from=WD", choice));
              reading.columns[choice.substr(0, mark)] = choice.substr(mark + 1);
            }
          },
          "which column something is in: time, temperature, humidity, wind_speed, wind_from, wind_towards or "
          "drought_factor, e.g. "
          "--column 'temperature=TMP [degC]'")
      ->type_name("KEY=NAME")
      ->allow_extra_args(false);
}

}  // namespace

Action add_weather(CLI::App& weather) {
  const auto read = std::make_shared<WeatherOptions>();
  WeatherOptions& options = *read;
  options.reading.gaps = StationOptions::Gaps::counted;
  weather.add_option("FILE", options.path, "a station's readings (CSV)")->required();
  add_reading_options(weather, options.reading);
  weather
      .add_option("--per", options.per,
                  "a row per day, the worst reading of each (default), or per reading (default with --last)")
      ->check(CLI::IsMember({"day", "reading"}));
  weather
      .add_option_function<std::string>(
          "--last", [&options](const std::string& given) { options.choices.last = span_of("--last", given); },
          "readings of the last hours only, with the age of each, e.g. '24 h'")
      ->type_name("SPAN");
  weather
      .add_option("--drought-factor", options.choices.drought_factor,
                  "0 to 10, for the Forest Fire Danger Index of readings without one of their own")
      ->check(CLI::Validator(
          [](const std::string& given) {
            double factor = 0.0;
            return CLI::detail::lexical_cast(given, factor) && factor >= 0.0 && factor <= 10.0
                       ? std::string()
                       : fmt::format("'{}' is no drought factor, which is from 0 to 10", given);
          },
          ""))
      ->type_name("D");
  weather.add_flag("--json", options.is_json, "everything, for programs, as one JSON object");
  weather.add_flag("--csv", options.is_csv, "the rows as CSV");
  weather.add_flag("--as-axis", options.is_axis,
                   "matrix.weather and season.days_per_year of an experiment (YAML): an entry per rating, "
                   "the median of its days");
  weather.footer(
      "Reads the Australian Bureau of Meteorology's daily observations and RAWS of Synoptic Data and FARSITE "
      "as they are, and\n"
      "CSV with columns such as time, temperature_degC, humidity_%, wind_speed_km/h, wind_from, in any "
      "order; units may be\n"
      "degC, degF, km/h, m/s, mph, knots. Directions are where the wind comes from; wind_towards is turned "
      "round.\n\n"
      "Examples:\n"
      "  firesweep weather IDCJDW2801.202001.csv\n"
      "  firesweep weather station.csv --last '24 h' --drought-factor 9\n"
      "  firesweep weather logger.csv --time-format '%d/%m/%Y %H:%M' --column 'temperature=TMP [degC]'\n"
      "  firesweep weather station.csv --as-axis >> season.yaml");
  return [read](const Invocation&) { return weather_command(*read); };
}

}  // namespace firesweep
