#include "group_tasks.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "firesweep/check/contract.hpp"
#include "firesweep/ensemble/block_runner.hpp"
#include "firesweep/ensemble/performance.hpp"
#include "firesweep/ensemble/wire.hpp"
#include "firesweep/job/collectors.hpp"

namespace firesweep {

// There is more to come than what is there: so no block is kept short for the sake of those after it.
GroupTasks::GroupTasks(const Plan& plan, KernelKind kernel, const RankTree& tree, int rank, int threads,
                       RankWork& work)
    : plan_(plan),
      kernel_(kernel),
      threads_of_all_(threads * (tree.ranks() - 1)),
      collectors_(tree.collectors()),
      threads_(threads),
      work_(work),
      schedule_({}, {.workers = static_cast<std::size_t>(threads) * (1 + tree.below(rank).size()),
                     .blocks_per_worker = 1.0}) {}

std::optional<std::vector<std::byte>> GroupTasks::next_task() {
  const std::lock_guard lock(mutex_);
  const std::optional<Block> block = schedule_.next();
  if (!block) return std::nullopt;
  return pack(*block);
}

bool GroupTasks::wants_task() {
  const std::lock_guard lock(mutex_);
  return schedule_.is_short();
}

void GroupTasks::take_task(std::vector<std::byte> task) {
  const Block block = unpack_block(task);
  const Scenario fires = plan_.scenario(block.scenario);
  const std::lock_guard lock(mutex_);
  schedule_.add({.scenario = block.scenario,
                 .gaps = {block},
                 .expected_seconds = expected_seconds(fires, kernel_),
                 .expected_serving = expected_serving(fires, plan_.experiment().outputs)});
  blocks_.try_emplace({block.scenario, block.first_seed}, block);
}

void GroupTasks::take_result(std::vector<std::byte> bytes) {
  const Stopwatch unpacking;
  BlockResult part = unpack_block_result(bytes);
  const Block block = part.block;
  const std::size_t made = part.records.size() - RunRows(part.records).count(RunStatus::missing);
  const double unpacked = unpacking.seconds();
  const std::lock_guard lock(mutex_);
  const Stopwatch merging;
  schedule_.learn(block, made, part.seconds);
  runs_made_ += made;
  seconds_ += part.seconds;
  auto whole = blocks_.upper_bound({block.scenario, block.first_seed});
  expects(whole != blocks_.begin(), "a result is of a block that was handed out");
  --whole;
  whole->second.add(std::move(part));
  if (whole->second.is_complete()) {
    done_.push_back(whole->second.take());
    blocks_.erase(whole);
  }
  const double seconds = unpacked + merging.seconds();
  schedule_.learn_serving(block, seconds);
  work_.merged(seconds);
}

std::optional<std::vector<std::byte>> GroupTasks::next_result() {
  std::unique_lock lock(mutex_);
  if (done_.empty()) return std::nullopt;
  const BlockResult result = std::move(done_.back());
  done_.pop_back();
  const bool deflates = should_deflate_results();
  lock.unlock();  // others may add their results while this one is packed
  return deflates ? pack_tightly(result) : pack(result);
}

bool GroupTasks::should_deflate_results() const {
  const double records_per_second =
      static_cast<double>(runs_made_) * threads_of_all_ / std::max(seconds_, 1e-9);
  return should_deflate(records_per_second, collectors_, threads_);
}

void GroupTasks::finish() {
  const std::lock_guard lock(mutex_);
  for (auto& [place, block] : blocks_) done_.push_back(block.take());
  blocks_.clear();
}

}  // namespace firesweep
