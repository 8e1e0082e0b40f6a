#pragma once

#include <limits>
#include <optional>

#include "firesweep/ensemble/performance.hpp"

namespace firesweep {

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
