#include "firesweep/ensemble/checkpoint_pace.hpp"

#include <algorithm>

namespace firesweep {
namespace {

// Whatever ends a job, with a publication that takes little it costs less than ten seconds of work.
constexpr double least_interval = 5.0;        // [s]
constexpr double pause_after_failure = 10.0;  // [s]
// 1 / 60 of the time: the next publication may take longer than the last, as the results grow.
constexpr double intervals_per_cost = 60.0;

}  // namespace

CheckpointPace::CheckpointPace(std::optional<double> interval)
    : interval_(interval), next_(interval.value_or(least_interval)) {}

void CheckpointPace::published(double now, double cost) {
  next_ = now + interval_.value_or(std::max(least_interval, intervals_per_cost * cost));
}

double CheckpointPace::failed(double now) {
  const double pause = std::max(pause_after_failure, interval_.value_or(0.0));
  next_ = now + pause;
  return pause;
}

}  // namespace firesweep
