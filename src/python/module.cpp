#include <exception>
#include <utility>

#include "firesweep/check/input_error.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/results_lock.hpp"

#include "bindings.hpp"

namespace firesweep::python {

namespace py = pybind11;

void bind_errors() {
  py::register_exception_translator([](std::exception_ptr problem) {
    try {
      std::rethrow_exception(std::move(problem));
    } catch (const InputError& error) {
      PyErr_SetString(PyExc_ValueError, error.what());
    } catch (const BadResultsFile& error) {
      PyErr_SetString(PyExc_ValueError, error.what());
    } catch (const ResultsLocked& error) {
      PyErr_SetString(PyExc_OSError, error.what());
    } catch (const CannotWrite& error) {
      PyErr_SetString(PyExc_OSError, error.what());
    }
  });
}

py::dict dict_of(const Timing& timing) {
  py::dict numbers;
  numbers["count"] = timing.count;
  numbers["total"] = timing.total;
  numbers["mean"] = timing.mean();
  numbers["min"] = timing.count == 0 ? 0.0 : timing.shortest;
  numbers["max"] = timing.longest;
  return numbers;
}

}  // namespace firesweep::python

PYBIND11_MODULE(_engine, module) {
  module.doc() = "The engine of firesweep; the package around it is what is meant to be imported.";
  firesweep::python::bind_errors();
  firesweep::python::bind_fire(module);
  firesweep::python::bind_weather(module);
  firesweep::python::bind_job(module);
}
