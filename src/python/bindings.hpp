#pragma once

#include <pybind11/pybind11.h>

#include "firesweep/ensemble/performance.hpp"

namespace firesweep::python {

// What the module has, part by part.
void bind_errors();
void bind_fire(pybind11::module_& module);

/// A timing as results files have it: count, and total, mean, min and max [s].
pybind11::dict dict_of(const Timing& timing);

}  // namespace firesweep::python
