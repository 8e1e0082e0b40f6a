#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "firesweep/check/input_error.hpp"

#include "terminal/exit_code.hpp"

namespace firesweep {

/// Another program that is needed is not there. Says how to get it.
class HelperUnavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// To be called while an exception is handled: says on standard error what went wrong, and returns the exit
/// code for it.
ExitCode report_problem();

/// Says on standard error, a line each, what is valid in an experiment but hardly meant.
void tell_warnings(const std::vector<Problem>& warnings);

/// Warns on standard error if another program has changed a results file, which 'verify' would have to check.
void warn_if_changed(const std::string& results_path);

/// The same for whoever relies on the file being as it was written: its hashes may fit and still not be those
/// that firesweep gave it.
void warn_of_lost_seal(const std::string& results_path);

}  // namespace firesweep
