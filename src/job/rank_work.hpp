#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "firesweep/ensemble/block_runner.hpp"
#include "firesweep/ensemble/performance.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/job/threads.hpp"
#include "firesweep/parallel/farm.hpp"

#include "crash_log.hpp"

namespace firesweep {

/// Whether FIRESWEEP_FAIL_SEEDS or FIRESWEEP_CRASH_SEEDS makes runs of some seeds fail or crash, which tests
/// use to see the failure policy at work.
bool injects_faults();

/// One rank's part in the ensemble: a block runner per thread, and what each did.
class RankWork final : public Worker {
 public:
  /// `crashes` is told what every thread is at. Both must outlive the work.
  RankWork(const Plan& plan, KernelKind kernel, ThreadLayout layout, CrashNotes& crashes);

  /// The rank takes part in another farm, after one that has ended.
  void begin_again();

  /// Burns a packed Block, returns a packed BlockResult; runs that were abandoned are missing in it.
  std::vector<std::byte> perform(int thread, std::span<const std::byte> task) override;
  void waited(int thread, double seconds) override;
  void dismissed(int thread) override;
  void halt() override;
  /// The rank, a collector, has merged a result for so long [s].
  void merged(double seconds) { merging_.add(seconds); }
  /// Whether a signal has reached this rank.
  bool wants_halt() override;
  /// Returns the packed sum of what the threads did.
  std::vector<std::byte> final_report() override;

 private:
  struct Thread {
    std::unique_ptr<BlockRunner> runner;
    RankPerformance performance;
  };

  RankPerformance performance() const;
  BlockRunner& runner(int thread);
  std::unique_ptr<PairedFires> make_paired() const;

  const Plan& plan_;
  KernelKind kernel_;
  ThreadLayout layout_;
  TallyChoice choice_;
  CrashNotes& crashes_;
  std::optional<SpareThreads> spare_;
  std::atomic<bool> stop_ = false;
  std::vector<Thread> threads_;
  Timing merging_;
};

}  // namespace firesweep
