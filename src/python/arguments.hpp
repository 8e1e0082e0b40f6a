#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <pybind11/pybind11.h>

#include "firesweep/landscape/scenario.hpp"

namespace firesweep::python {

/// What an argument is that must be a whole number from `least` to `most`. Throws Python's TypeError for what is no whole number,
/// and InputError for one out of range.
std::uint64_t whole_number(pybind11::handle argument, std::string_view name, std::uint64_t least,
                           std::uint64_t most);

/// The same of an index of a cell, which is not negative; of any number that cannot be one it returns `most` + 1.
std::uint64_t cell_index(pybind11::handle argument, std::string_view name, std::uint64_t most);

/// The weather of a danger level. Throws InputError that lists the seven.
Weather weather_of_level(const std::string& name);

/// A weather of parts that each may be None. Throws InputError for one out of range.
WeatherParts weather_parts(pybind11::handle wind_speed, pybind11::handle humidity,
                           pybind11::handle temperature, pybind11::handle wind_direction);

/// Sets what keyword arguments say of a scenario: a parameter of experiments, `form`, `combination` or `max_steps`. Throws
/// TypeError for an unknown keyword, and InputError for a value that is not allowed.
void set_overrides(Scenario& scenario, const pybind11::kwargs& overrides);

/// A finite number that the parameter of that name may have. Throws TypeError and InputError.
double parameter_value(std::string_view name, pybind11::handle argument);

/// A text. Throws TypeError for what is none.
std::string text_of(pybind11::handle argument, std::string_view name);

/// A number of threads. Throws as whole_number does.
int thread_number(pybind11::handle threads);

/// Throws Python's FileNotFoundError.
[[noreturn]] void fail_for_missing(const std::filesystem::path& file);

/// As Python writes it, in ASCII.
std::string shown(pybind11::handle argument);

}  // namespace firesweep::python
