#pragma once

#include "exit_code.hpp"

namespace firesweep {

/// To be called while an exception is handled: says on standard error what went wrong, and returns the exit
/// code for it.
ExitCode report_problem();

}  // namespace firesweep
