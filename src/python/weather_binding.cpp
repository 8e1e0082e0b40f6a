#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <pybind11/numpy.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/model/danger_level.hpp"
#include "firesweep/model/rating.hpp"
#include "firesweep/model/spread.hpp"
#include "firesweep/weather/station_rows.hpp"

#include "arguments.hpp"
#include "bindings.hpp"
#include "released.hpp"
#include "weather_text.hpp"

namespace firesweep::python {
namespace {

namespace py = pybind11;

// A weather of which all three parts that a rating asks for are given.
Weather observed(py::handle temperature, py::handle humidity, py::handle wind_speed) {
  return {.wind_speed = parameter_value("wind_speed", wind_speed),
          .humidity = parameter_value("humidity", humidity),
          .temperature = parameter_value("temperature", temperature)};
}

py::dict danger_level_of(const std::string& name, py::handle wind_speed, py::handle humidity,
                         py::handle temperature, py::handle wind_direction) {
  return dict_of(
      weather_parts(wind_speed, humidity, temperature, wind_direction).over(weather_of_level(name)));
}

py::dict all_levels() {
  py::dict levels;
  for (const DangerLevel level : all_danger_levels) levels[py::str(name(level))] = dict_of(weather_of(level));
  return levels;
}

// Everything that may be over a danger level is a parameter of experiments.
py::array probabilities(const std::string& danger_level, const py::kwargs& overrides) {
  Scenario scenario;
  scenario.weather = weather_of_level(danger_level);
  set_overrides(scenario, overrides);
  const SpreadProbability p = spread_probability(scenario.weather, scenario.spread);
  return py::array_t<double>(static_cast<py::ssize_t>(p.size()), p.data());
}

std::optional<std::chrono::seconds> span_of(std::string_view name, const std::optional<std::string>& given) {
  if (!given) return std::nullopt;
  if (const auto span = parse_span(*given)) return span;
  throw InputError(fmt::format(
      "{} '{}' is no length of time with its unit, such as '10 min', '24 h' or '2 d'", name, *given));
}

py::object object_of(const std::string& name, const StationField& field) {
  if (name == "time")
    return py::module_::import("datetime")
        .attr("datetime")
        .attr("fromisoformat")(std::get<std::string>(field));
  return std::visit(
      [](const auto& value) -> py::object {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>)
          return py::none();
        else
          return py::cast(value);
      },
      field);
}

py::dict dict_of(const StationView& view, const StationRow& row) {
  py::dict fields;
  for (const auto& [key, value] : fields_of(view, row)) {
    const std::string text(key);
    fields[text.c_str()] = object_of(text, value);
  }
  return fields;
}

py::list rows_of(const StationView& view) {
  py::list rows;
  for (const StationRow& row : view.rows) rows.append(dict_of(view, row));
  return rows;
}

/// What a station has read, and how to look at it.
class Station {
 public:
  Station(const std::filesystem::path& file, std::map<std::string, std::string> columns,
          std::string time_format, const std::optional<std::string>& interval, bool has_gust,
          py::handle drought_factor) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) fail_for_missing(file);
    if (!drought_factor.is_none()) drought_factor_ = drought_factor.cast<double>();
    if (drought_factor_ && !(*drought_factor_ >= 0.0 && *drought_factor_ <= 10.0))
      throw InputError(fmt::format("'{}' is no drought factor, which is from 0 to 10", *drought_factor_));
    StationOptions options;
    options.columns = std::move(columns);
    options.time_format = std::move(time_format);
    options.interval = span_of("interval", interval);
    if (has_gust) options.wind = StationOptions::Wind::gust;
    options.gaps = StationOptions::Gaps::counted;
    const Released release;
    readings_ = read_station(file, options);
  }

  StationView view(const std::optional<std::string>& last, bool is_per_day) const {
    return view_of(
        readings_,
        {.last = span_of("last", last), .is_per_day = is_per_day, .drought_factor = drought_factor_});
  }
  const StationReadings& all() const { return readings_; }

 private:
  StationReadings readings_;
  std::optional<double> drought_factor_;
};

py::dict latest(const Station& station) {
  return dict_of(station.view(std::nullopt, false), station.view(std::nullopt, false).rows.back());
}

py::dict average(const Station& station, const std::optional<std::string>& last) {
  const StationView view = station.view(last, false);
  py::dict means;
  for (const StationQuantity& quantity : station_quantities)
    means[py::str(quantity.key)] = range_of(view.station, quantity).mean;
  return means;
}

void bind_station(py::module_& module) {
  py::class_<Station> station(module, "Station", text::station);
  station.attr("__module__") = "firesweep";
  station
      .def(py::init<const std::filesystem::path&, std::map<std::string, std::string>, std::string,
                    std::optional<std::string>, bool, py::object>(),
           text::station_init, py::arg("file"), py::kw_only(), py::arg("columns") = py::dict(),
           py::arg("time_format") = "", py::arg("interval") = py::none(), py::arg("gust") = false,
           py::arg("drought_factor") = py::none())
      .def_property_readonly("latest", &latest, text::latest)
      .def(
          "readings",
          [](const Station& it, const std::optional<std::string>& last) {
            return rows_of(it.view(last, false));
          },
          text::readings, py::arg("last") = py::none())
      .def(
          "days",
          [](const Station& it, const std::optional<std::string>& last) {
            return rows_of(it.view(last, true));
          },
          text::days, py::arg("last") = py::none())
      .def("average", &average, text::average, py::arg("last") = py::none())
      .def_property_readonly(
          "format", [](const Station& it) { return std::string(key(it.all().format)); }, text::format)
      .def_property_readonly(
          "skipped", [](const Station& it) { return it.all().skipped; }, text::skipped)
      .def("__len__", [](const Station& it) { return it.all().readings.size(); })
      .def("__iter__", [](const Station& it) { return py::iter(rows_of(it.view(std::nullopt, false))); });
}

}  // namespace

py::dict dict_of(const Weather& weather) {
  py::dict parts;
  parts["wind_speed"] = weather.wind_speed;
  parts["humidity"] = weather.humidity;
  parts["temperature"] = weather.temperature;
  parts["wind_direction"] = weather.wind_direction;
  return parts;
}

void bind_weather(py::module_& module) {
  py::options options;
  options.disable_function_signatures();  // those of the stubs say more
  module.def("danger_levels", &all_levels, text::danger_levels);
  module.def("danger_level", &danger_level_of, text::danger_level, py::arg("name"), py::kw_only(),
             py::arg("wind_speed") = py::none(), py::arg("humidity") = py::none(),
             py::arg("temperature") = py::none(), py::arg("wind_direction") = py::none());
  module.def(
      "rate",
      [](py::handle temperature, py::handle humidity, py::handle wind_speed) {
        return std::string(name(rate(observed(temperature, humidity, wind_speed))));
      },
      text::rate, py::arg("temperature"), py::arg("humidity"), py::arg("wind_speed"));
  module.def(
      "is_dangerous",
      [](py::handle temperature, py::handle humidity, py::handle wind_speed) {
        return is_dangerous(observed(temperature, humidity, wind_speed));
      },
      text::dangerous, py::arg("temperature"), py::arg("humidity"), py::arg("wind_speed"));
  module.def("spread_probability", &probabilities, text::spread_probability,
             py::arg("danger_level") = "severe");
  bind_station(module);
}

}  // namespace firesweep::python
