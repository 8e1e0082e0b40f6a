#include "commands/verdict.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "terminal/terminal.hpp"
#include "view/table.hpp"

namespace firesweep {

void report_failures(const Results& results) {
  constexpr std::size_t most = 10;
  const std::vector<Failure> failures = results.failures();
  for (std::size_t i = 0; i < std::min(most, failures.size()); ++i) {
    tell(fmt::format("firesweep: the run of {} failed: {}\n",
                     results.plan().run_name(failures[i].scenario, failures[i].seed), failures[i].message));
  }
  if (failures.size() > most) {
    tell(fmt::format("firesweep: ... and {} more; all are listed in /provenance of the results file\n",
                     failures.size() - most));
  }
}

ExitCode verdict(const Results& results) {
  const std::uint64_t failed = results.runs_failed();
  if (failed == 0) return ExitCode::done;
  const Experiment& experiment = results.plan().experiment();
  const std::uint64_t allowed = experiment.max_failed.runs_of(results.plan().runs());
  if (experiment.on_failure == OnFailure::go_on && failed <= allowed) return ExitCode::some_runs_failed;
  tell(fmt::format(
      "firesweep: {} of {} failed, and {} (max_failed, on_failure); --retry-failed makes "
      "them again\n",
      grouped(failed), counted(results.plan().runs(), "run"),
      experiment.on_failure == OnFailure::stop ? "the experiment stops at the first"
                                               : fmt::format("the experiment allows {}", grouped(allowed))));
  return ExitCode::too_many_failed;
}

}  // namespace firesweep
