#pragma once

#include <limits>
#include <optional>
#include <string_view>

#include "firesweep/ensemble/performance.hpp"

namespace firesweep {

/// Reads a length of time: seconds ("90", "1.5"), with a unit ("90s", "30m", "2h", "1d"), or as Slurm writes
/// it ("30:00", "2:00:00", "1-12:00:00"). Returns seconds, or nothing if it is none of these.
std::optional<double> parse_duration(std::string_view text);

/// How long this job may still take.
class Walltime {
 public:
  /// The least of `limit` [s] and, inside a Slurm job, what Slurm has left for it.
  explicit Walltime(std::optional<double> limit);

  /// Seconds until no work should be under way any more, so that a last publication of `publication` seconds
  /// ends in time. Infinite without a limit.
  double seconds_left(double publication) const;

 private:
  Stopwatch since_start_;
  double limit_ = std::numeric_limits<double>::infinity();
};

}  // namespace firesweep
