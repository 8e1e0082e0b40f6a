#pragma once

#include <optional>
#include <string>

namespace firesweep {

/// The exit code of a job that was interrupted and can be gone on with: EX_TEMPFAIL of sysexits.h.
inline constexpr int interrupted_exit_code = 75;

/// Catches SIGINT, SIGTERM and SIGUSR1, the ways in which a person, mpirun and Slurm ask a job to end, while
/// it lives. The first is remembered. A second SIGINT or SIGTERM ends the process at once with exit code 75,
/// unless it comes within a second of the first: launchers and process groups may send one twice.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// The name of the first signal received, e.g. "SIGTERM". Any thread may ask.
  static std::optional<std::string> received();

  /// Whether SIGINT or SIGTERM has come, which launchers let SIGKILL follow.
  static bool is_told_to_leave();
};

}  // namespace firesweep
