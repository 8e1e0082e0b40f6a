#include "arguments.hpp"

#include <array>
#include <cerrno>
#include <limits>
#include <span>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/suggestion.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/experiment/parameter.hpp"
#include "firesweep/model/danger_level.hpp"

namespace firesweep::python {
namespace {

namespace py = pybind11;

// A whole number, of which it is also told if it has no place in 64 bits.
std::optional<std::uint64_t> index_of(py::handle argument, std::string_view name) {
  const auto number = py::reinterpret_steal<py::object>(PyNumber_Index(argument.ptr()));
  if (!number) {
    PyErr_Clear();
    throw py::type_error(fmt::format("{} must be a whole number, not {}", name, shown(argument)));
  }
  const unsigned long long value = PyLong_AsUnsignedLongLong(number.ptr());
  if (PyErr_Occurred() == nullptr) return value;
  PyErr_Clear();
  return std::nullopt;
}

// The value of an enumeration by its name, as experiments have it.
template <class Value, std::size_t Count>
Value one_of(std::string_view key, const std::array<Value, Count>& values, const std::string& given) {
  std::vector<std::string_view> names;
  for (const Value value : values) {
    names.push_back(name(value));
    if (names.back() == given) return value;
  }
  throw InputError(fmt::format("{} must be one of {}, not '{}'{}", key, fmt::join(names, ", "), given,
                               suggestion(given, std::span<const std::string_view>(names))));
}

// Its published constants are the defaults of the others.
void set_form(SpreadParameters& spread, const std::string& given) {
  spread.form = one_of("form", all_forms, given);
  if (spread.form != Form::alexandridis) return;
  spread.wind_directionality = Alexandridis::wind_directionality;
  spread.slope_coefficient = Alexandridis::slope_coefficient;
}

constexpr std::array<std::string_view, 3> other_overrides = {"form", "combination", "max_steps"};

[[noreturn]] void refuse_override(const std::string& key) {
  std::vector<std::string_view> names(other_overrides.begin(), other_overrides.end());
  for (const Parameter& parameter : parameters()) names.push_back(parameter.name);
  throw py::type_error(fmt::format("'{}' is no parameter of a fire{} (there are {})", key,
                                   suggestion(key, std::span<const std::string_view>(names)),
                                   fmt::join(names, ", ")));
}

}  // namespace

std::string shown(py::handle argument) {
  return py::str(py::repr(argument).attr("encode")("ascii", "backslashreplace").attr("decode")("ascii"));
}

std::string text_of(py::handle argument, std::string_view name) {
  Py_ssize_t length = 0;
  const char* const text =
      py::isinstance<py::str>(argument) ? PyUnicode_AsUTF8AndSize(argument.ptr(), &length) : nullptr;
  if (text != nullptr) return {text, static_cast<std::size_t>(length)};
  PyErr_Clear();  // half of a surrogate pair, say
  throw py::type_error(fmt::format("{} must be a text, not {}", name, shown(argument)));
}

std::uint64_t whole_number(py::handle argument, std::string_view name, std::uint64_t least,
                           std::uint64_t most) {
  const std::optional<std::uint64_t> value = index_of(argument, name);
  if (value && *value >= least && *value <= most) return *value;
  throw InputError(
      fmt::format("{} must be a whole number from {} to {}, not {}", name, least, most, shown(argument)));
}

std::uint64_t cell_index(py::handle argument, std::string_view name, std::uint64_t most) {
  const std::optional<std::uint64_t> value = index_of(argument, name);
  return value && *value <= most ? *value : most + 1;
}

int thread_number(py::handle threads) {
  constexpr int most_threads = 4096;
  return static_cast<int>(whole_number(threads, "threads", 1, most_threads));
}

void fail_for_missing(const std::filesystem::path& file) {
  errno = ENOENT;
  PyErr_SetFromErrnoWithFilename(PyExc_FileNotFoundError, file.c_str());
  throw py::error_already_set();
}

Weather weather_of_level(const std::string& name) {
  return weather_of(one_of("danger_level", all_danger_levels, name));
}

double parameter_value(std::string_view name, py::handle argument) {
  const Parameter& parameter = *find_parameter(name);
  const double value = PyFloat_AsDouble(argument.ptr());
  if (PyErr_Occurred() != nullptr) {
    PyErr_Clear();
    throw py::type_error(fmt::format("{} must be a number, not {}", name, shown(argument)));
  }
  if (const auto why = objection(parameter, value))
    throw InputError(fmt::format("{} {}, not {}", name, *why, shown(argument)));
  return value;
}

WeatherParts weather_parts(py::handle wind_speed, py::handle humidity, py::handle temperature,
                           py::handle wind_direction) {
  const auto part = [](std::string_view name, py::handle argument) {
    return argument.is_none() ? std::nullopt : std::optional(parameter_value(name, argument));
  };
  return {.wind_speed = part("wind_speed", wind_speed),
          .humidity = part("humidity", humidity),
          .temperature = part("temperature", temperature),
          .wind_direction = part("wind_direction", wind_direction)};
}

void set_overrides(Scenario& scenario, const py::kwargs& overrides) {
  if (overrides.contains("form")) set_form(scenario.spread, text_of(overrides["form"], "form"));
  for (const auto& [name_object, value] : overrides) {
    const std::string key = text_of(name_object, "a parameter");
    if (key == "form") continue;
    if (key == "combination") {
      scenario.spread.combination = one_of(key, all_combinations, text_of(value, key));
    } else if (key == "max_steps") {
      scenario.max_steps = static_cast<std::uint32_t>(whole_number(value, key, 1, max_steps_limit));
    } else if (const Parameter* const parameter = find_parameter(key)) {
      parameter->in(scenario) = parameter_value(key, value);
    } else {
      refuse_override(key);
    }
  }
}

}  // namespace firesweep::python
