#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "firesweep/ensemble/block.hpp"
#include "firesweep/ensemble/performance.hpp"
#include "firesweep/ensemble/results.hpp"
#include "firesweep/ensemble/schedule.hpp"
#include "firesweep/job/job_observer.hpp"
#include "firesweep/parallel/farm.hpp"
#include "firesweep/store/run_chunks.hpp"

#include "checkpointer.hpp"
#include "walltime.hpp"

namespace firesweep {

/// Runs the ensemble on rank 0: takes blocks from the schedule, puts what comes back into the results,
/// publishes them now and then, and ends the work when it is told to.
class EnsembleTasks final : public TaskSource {
 public:
  /// All must outlive the source. Merging is timed in `performance`.
  EnsembleTasks(Results& results, RunChunks& chunks, Schedule& schedule, JobObserver& observer,
                Checkpointer& checkpointer, const Walltime& walltime, RankPerformance& performance);

  std::optional<std::vector<std::byte>> next_task() override;
  void take_result(std::vector<std::byte> result) override;
  Order tick() override;
  void asked_to_halt(int rank) override;

  /// Puts everything that came back into the results. To be called when the farm has ended.
  void finish();

  /// Why the work was ended early, e.g. "SIGTERM"; empty if it was not.
  const std::string& interruption() const { return interruption_; }

 private:
  using Lock = std::unique_lock<std::mutex>;

  /// A result that was unpacked, in so many seconds.
  struct Unpacked {
    BlockResult result;
    double seconds = 0.0;
    std::size_t bytes = 0;
  };

  void merge_waiting(Lock& lock);
  void merge(Unpacked unpacked, Lock& lock);
  void checkpoint(Lock& lock);
  bool is_checkpoint_due() const;
  void interrupt(std::string reason);

  Results& results_;
  RunChunks& chunks_;
  Schedule& schedule_;
  JobObserver& observer_;
  Checkpointer& checkpointer_;
  const Walltime& walltime_;
  RankPerformance& performance_;
  Stopwatch since_start_;

  std::mutex mutex_;  // of all below, and of all above that changes but the results, which have locks
  std::condition_variable merged_;
  std::uint64_t runs_done_;    // before and now, merged or not
  std::uint64_t runs_failed_;  // of them
  std::uint64_t runs_published_;
  std::deque<Unpacked> waiting_;  // for nobody to read the results, as a checkpoint does
  std::size_t bytes_waiting_ = 0;
  std::size_t merging_ = 0;    // threads that do
  std::vector<Block> unseen_;  // blocks merged that the chunks have not looked at
  bool is_checkpoint_next_ = false;
  std::string interruption_;
  Stopwatch since_interruption_;
};

}  // namespace firesweep
