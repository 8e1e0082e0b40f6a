#pragma once

#include <optional>
#include <string>

namespace firesweep {

/// The exit code of a job that was interrupted and can be gone on with: EX_TEMPFAIL of sysexits.h.
inline constexpr int interrupted_exit_code = 75;

/// Catches the signals by which a person, a terminal that closes, launchers, batch systems and the kernel's limit on
/// processor time ask a job to end, while it lives: SIGINT, SIGTERM and SIGHUP (unless the job was started to outlive its
/// terminal), which launchers let SIGKILL follow, and SIGUSR1, SIGUSR2 and SIGXCPU, which come ahead of it. The first is
/// remembered. A second one of the former kind ends the process at once with exit code 75, unless it comes within a second
/// of the first: launchers and process groups may send one twice.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// The name of the first signal received, e.g. "SIGTERM". Any thread may ask.
  static std::optional<std::string> received();

  /// Whether one has come that launchers let SIGKILL follow.
  static bool is_told_to_leave();

  /// Has this process, which is ending already, ignore all of them.
  static void ignore();
};

}  // namespace firesweep
