#pragma once

#include <array>
#include <string_view>

#include "firesweep/job/stop_signals.hpp"

namespace firesweep {

/// What the program tells its caller; scripts and job files rely on these numbers. From 69 on they mean what
/// sysexits.h says.
enum class ExitCode : int {
  done = 0,
  different = 1,
  bad_input = 2,
  some_runs_failed = 3,
  too_many_failed = 4,
  unusable_results = 5,
  helper_unavailable = 69,
  internal_error = 70,
  out_of_memory = 71,
  output_lost = 74,
  interrupted = interrupted_exit_code,
};

struct ExitCodeMeaning {
  ExitCode code;
  std::string_view meaning;
};

/// All of them, as --help and the README say them.
inline constexpr std::array<ExitCodeMeaning, 11> exit_code_meanings = {{
    {ExitCode::done, "done"},
    {ExitCode::different, "the two files differ; only of diff"},
    {ExitCode::bad_input, "bad input: an experiment, an option, a file that is not there"},
    {ExitCode::some_runs_failed, "complete, but some runs failed, within the experiment's max_failed"},
    {ExitCode::too_many_failed, "more runs failed than that"},
    {ExitCode::unusable_results,
     "a results file that is damaged, locked or of another experiment, or a file that cannot be written"},
    {ExitCode::helper_unavailable, "the report lacks Python or one of its packages"},
    {ExitCode::internal_error, "a fault of firesweep itself"},
    {ExitCode::out_of_memory,
     "out of memory, by a limit that the message names; a results file keeps what its last checkpoint has"},
    {ExitCode::output_lost, "standard output cannot be written; a results file is complete all the same"},
    {ExitCode::interrupted, "interrupted; what is done is kept, and the same command again does the rest"},
}};

}  // namespace firesweep
