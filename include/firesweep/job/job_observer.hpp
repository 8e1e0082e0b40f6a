#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "firesweep/check/input_error.hpp"

namespace firesweep {

/// Is told how a job goes, on rank 0 and by one thread at a time; a job itself prints nothing.
class JobObserver {
 public:
  virtual ~JobObserver() = default;

  /// What is valid in the experiment, but hardly meant.
  virtual void misleading(const std::vector<Problem>& problems) = 0;
  /// What may spoil the work, in words.
  virtual void warn(const std::string& what) = 0;
  /// What its user may want to know, in words.
  virtual void note(const std::string& what) = 0;

  /// The job goes to work: of `runs` in all, `done` are there already.
  virtual void begins(std::uint64_t runs, std::uint64_t done) = 0;
  /// So many runs are there now, of which so many have failed; expected time to the end [s]. Comes often.
  virtual void progresses(std::uint64_t done, std::uint64_t failed, double seconds_left) = 0;
  /// Whether the one who is told wants the job to end early. Asked some ten times a second while it is at work.
  virtual bool wants_end() { return false; }
  /// The job has been told to end early, and why, e.g. "SIGTERM".
  virtual void interrupted(std::uint64_t done, std::uint64_t failed, const std::string& why) = 0;
  /// All work has come to its end.
  virtual void ends(std::uint64_t done, std::uint64_t failed) = 0;
};

}  // namespace firesweep
