#pragma once

#include <string>

#include "exit_code.hpp"

namespace firesweep {

/// To be called while an exception is handled: says on standard error what went wrong, and returns the exit
/// code for it.
ExitCode report_problem();

/// Warns on standard error if another program has changed a results file, which 'verify' would have to check.
void warn_if_changed(const std::string& results_path);

}  // namespace firesweep
