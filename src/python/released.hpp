#pragma once

#include <pybind11/pybind11.h>
#include <unistd.h>

namespace firesweep::python {

/// Lets other threads have the interpreter while it lives.
///
/// A thread that wants it back after it has ended would be unwound from within by the interpreter, through destructors that
/// need it; it stays here instead until the process ends.
class Released {
 public:
  Released() : state_(PyEval_SaveThread()) {}
  ~Released() noexcept(false) {
    try {
      PyEval_RestoreThread(state_);
    } catch (...) {
      for (;;) ::pause();
    }
  }
  Released(const Released&) = delete;
  Released& operator=(const Released&) = delete;

 private:
  PyThreadState* state_;
};

}  // namespace firesweep::python
