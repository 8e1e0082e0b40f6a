#pragma once

#include "firesweep/ensemble/performance.hpp"
#include "firesweep/ensemble/results.hpp"
#include "firesweep/ensemble/schedule.hpp"
#include "firesweep/parallel/farm.hpp"

#include "progress.hpp"

namespace firesweep {

/// Runs the ensemble on rank 0: takes blocks from the schedule, puts what comes back into the results.
class EnsembleForeman final : public Foreman {
 public:
  /// All must outlive the foreman. Merging is timed in `performance`.
  EnsembleForeman(Results& results, Schedule& schedule, Progress& progress, RankPerformance& performance);

  std::optional<std::vector<std::byte>> next_task() override;
  void take_result(std::vector<std::byte> result) override;
  void tick() override;

 private:
  std::uint64_t runs_done() const { return results_.runs_ok() + results_.runs_failed(); }

  Results& results_;
  Schedule& schedule_;
  Progress& progress_;
  RankPerformance& performance_;
};

}  // namespace firesweep
