#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "firesweep/ensemble/results.hpp"
#include "firesweep/random/draw.hpp"

namespace firesweep {

/// A run that crashes the whole process leaves no record, and would crash every job that resumes. So the
/// signal handler notes which run each thread was at, in `.NAME.crashes` beside the results file, and a run
/// that has crashed twice is not made a third time.
///
/// Only crashes of the process's own making count (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT). Who kills from
/// outside, with SIGKILL say, gives no run a bad name.
class CrashNotes {
 public:
  /// Begins to catch crashes, for runs of `threads` threads. The calling thread stands aside. Throws nothing:
  /// a log that cannot be written is only missed after a crash.
  CrashNotes(const std::string& results_path, int threads);
  ~CrashNotes();
  CrashNotes(const CrashNotes&) = delete;
  CrashNotes& operator=(const CrashNotes&) = delete;

  /// The thread, which calls this itself, works on runs of this scenario from now on.
  void begin_block(int thread, const std::string& scenario);
  /// It begins a run.
  void begin_run(int thread, Seed seed);
  /// It works on no run.
  void end_block(int thread);

  /// The calling thread never works on a run: if it crashes, no run is to blame.
  static void stand_aside();
};

/// Records the runs that have crashed twice and are missing in `results` as failed. Returns how many.
std::uint64_t quarantine_crashed_runs(const std::string& results_path, Results& results);

/// Removes the notes.
void forget_crashes(const std::string& results_path);

}  // namespace firesweep
