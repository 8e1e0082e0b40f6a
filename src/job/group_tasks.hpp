#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "firesweep/engine/kernel.hpp"
#include "firesweep/ensemble/gathered_block.hpp"
#include "firesweep/ensemble/schedule.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/parallel/farm.hpp"

#include "rank_work.hpp"

namespace firesweep {

/// What a collector makes of the blocks that rank 0 gives it: blocks for the workers of its group, by what it measures
/// itself, and one result of theirs. So rank 0 takes the map of a group, not those of all its workers.
class GroupTasks final : public Collector {
 public:
  /// `workers` threads are in the group. Merging is timed in `work`, which with `plan` must outlive the tasks.
  GroupTasks(const Plan& plan, KernelKind kernel, std::size_t workers, RankWork& work);

  std::optional<std::vector<std::byte>> next_task() override;
  void take_result(std::vector<std::byte> result) override;
  bool wants_task() override { return schedule_.is_short(); }
  void take_task(std::vector<std::byte> task) override;
  std::optional<std::vector<std::byte>> next_result() override;
  void finish() override;

 private:
  /// By scenario and first seed.
  using Blocks = std::map<std::pair<std::size_t, std::size_t>, GatheredBlock>;

  const Plan& plan_;
  KernelKind kernel_;
  RankWork& work_;
  Schedule schedule_;
  Blocks blocks_;
  std::vector<BlockResult> done_;
};

}  // namespace firesweep
