#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "firesweep/engine/kernel.hpp"
#include "firesweep/ensemble/gathered_block.hpp"
#include "firesweep/ensemble/schedule.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/parallel/farm.hpp"
#include "firesweep/parallel/rank_tree.hpp"

#include "rank_work.hpp"

namespace firesweep {

/// What a collector makes of the blocks that rank 0 gives it: blocks for the workers of its group, by what it measures
/// itself, and one result of theirs. So rank 0 takes the map of a group, not those of all its workers.
class GroupTasks final : public Collector {
 public:
  /// Of the group that `rank` leads, every rank with so many threads. Merging is timed in `work`, which with `plan` must
  /// outlive the tasks.
  GroupTasks(const Plan& plan, KernelKind kernel, const RankTree& tree, int rank, int threads,
             RankWork& work);

  std::optional<std::vector<std::byte>> next_task() override;
  void take_result(std::vector<std::byte> result) override;
  bool wants_task() override;
  void take_task(std::vector<std::byte> task) override;
  std::optional<std::vector<std::byte>> next_result() override;
  void finish() override;

 private:
  /// By scenario and first seed.
  using Blocks = std::map<std::pair<std::size_t, std::size_t>, GatheredBlock>;

  bool should_deflate_results() const;

  const Plan& plan_;
  KernelKind kernel_;
  int threads_of_all_;  // that burn, in all groups
  int collectors_;
  int threads_;  // of each rank
  RankWork& work_;
  std::mutex mutex_;  // of all below
  Schedule schedule_;
  Blocks blocks_;
  std::vector<BlockResult> done_;
  std::size_t runs_made_ = 0;
  double seconds_ = 0.0;  // that they took
};

}  // namespace firesweep
