#pragma once

#include <pybind11/pybind11.h>

#include "firesweep/ensemble/performance.hpp"
#include "firesweep/model/weather.hpp"

namespace firesweep::python {

// What the module has, part by part.
void bind_errors();
void bind_fire(pybind11::module_& module);
void bind_weather(pybind11::module_& module);
void bind_job(pybind11::module_& module);

/// A weather's parts by the names that experiments give them.
pybind11::dict dict_of(const Weather& weather);

/// A timing as results files have it: count, and total, mean, min and max [s].
pybind11::dict dict_of(const Timing& timing);

}  // namespace firesweep::python
