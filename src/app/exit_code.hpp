#pragma once

namespace firesweep {

/// What the program tells its caller; scripts and job files rely on these numbers.
enum class ExitCode : int {
  done = 0,
  internal_error = 1,
  different = 1,  ///< what `diff` says of two files, as diff(1) does
  bad_input = 2,
  some_runs_failed = 3,  ///< within the experiment's policy
  too_many_failed = 4,
  unusable_results = 5,  ///< locked, damaged, of another experiment, or not to be written
  interrupted = 75,      ///< what is done is kept; the same command again does the rest
};

}  // namespace firesweep
