#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "firesweep/ensemble/block_runner.hpp"
#include "firesweep/ensemble/performance.hpp"
#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// How a rank spreads its threads: over runs, or, when runs are fewer than threads, over each run.
struct Crew {
  int threads = 1;  ///< that take blocks
  int threads_per_run = 1;
};

/// The crew for a rank with `threads` threads, one of `ranks`, in an ensemble of `runs`.
Crew choose_crew(int threads, int ranks, std::uint64_t runs);

/// One rank's part in the ensemble: a block runner per thread, and what each did.
class RankWork {
 public:
  RankWork(const Plan& plan, KernelKind kernel, Crew crew);

  /// Burns a packed Block, returns a packed BlockResult. Each of the crew's threads calls it with its own
  /// number.
  std::vector<std::byte> perform(int thread, std::span<const std::byte> task);

  /// Notes that a thread waited for its next block.
  void waited(int thread, double seconds);

  /// The sum over the threads; to be called when they have ended.
  RankPerformance performance() const;

 private:
  struct Thread {
    std::unique_ptr<BlockRunner> runner;
    RankPerformance performance;
  };

  const Plan& plan_;
  KernelKind kernel_;
  Crew crew_;
  std::atomic<bool> stop_ = false;
  std::vector<Thread> threads_;
};

}  // namespace firesweep
