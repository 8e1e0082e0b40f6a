#pragma once

#include <future>

#include "firesweep/ensemble/checkpoint_pace.hpp"
#include "firesweep/ensemble/performance.hpp"
#include "firesweep/job/job_observer.hpp"

#include "publisher.hpp"

namespace firesweep {

/// Publishes the results now and then while the ensemble goes on, on a thread of its own. One that fails is
/// told and tried again later. Its calls must not overlap.
class Checkpointer {
 public:
  Checkpointer(const Publisher& publisher, CheckpointPace pace, JobObserver& observer)
      : publisher_(publisher), observer_(observer), pace_(pace) {}

  /// Whether a checkpoint is being written. The results must not change while it is.
  bool is_writing();
  bool is_due() const { return pace_.is_due(since_start_.seconds()); }
  void start(Publisher::Snapshot snapshot);
  /// Returns when nothing is being written.
  void wait();

  /// What the longest took so far [s].
  double longest() const;
  const Timing& statistics() const { return statistics_; }
  const Timing& write() const { return write_; }

 private:
  void finish();

  const Publisher& publisher_;
  JobObserver& observer_;
  CheckpointPace pace_;
  Stopwatch since_start_;
  Timing statistics_;
  Timing write_;
  std::future<PublicationCost> writing_;
};

}  // namespace firesweep
