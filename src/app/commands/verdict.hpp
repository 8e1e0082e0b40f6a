#pragma once

#include "firesweep/ensemble/results.hpp"

#include "terminal/exit_code.hpp"

namespace firesweep {

/// Says on standard error which runs failed and why, the first few of them.
void report_failures(const Results& results);

/// What the failure policy of the experiment says to the runs that failed: done, some_runs_failed or
/// too_many_failed, the last with a word on standard error.
ExitCode verdict(const Results& results);

}  // namespace firesweep
