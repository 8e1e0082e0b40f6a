#include "group_tasks.hpp"

#include <iterator>

#include "firesweep/check/contract.hpp"
#include "firesweep/ensemble/block_runner.hpp"
#include "firesweep/ensemble/performance.hpp"
#include "firesweep/ensemble/wire.hpp"

namespace firesweep {

// There is more to come than what is there: so no block is kept short for the sake of those after it.
GroupTasks::GroupTasks(const Plan& plan, KernelKind kernel, std::size_t workers, RankWork& work)
    : plan_(plan),
      kernel_(kernel),
      work_(work),
      schedule_({}, {.workers = workers, .blocks_per_worker = 1.0}) {}

std::optional<std::vector<std::byte>> GroupTasks::next_task() {
  const std::optional<Block> block = schedule_.next();
  if (!block) return std::nullopt;
  return pack(*block);
}

void GroupTasks::take_task(std::vector<std::byte> task) {
  const Block block = unpack_block(task);
  const Scenario fires = plan_.scenario(block.scenario);
  schedule_.add({.scenario = block.scenario,
                 .gaps = {block},
                 .expected_seconds = expected_seconds(fires, kernel_),
                 .expected_serving = expected_serving(fires, plan_.experiment().outputs)});
  blocks_.try_emplace({block.scenario, block.first_seed}, block);
}

void GroupTasks::take_result(std::vector<std::byte> bytes) {
  const Stopwatch stopwatch;
  BlockResult part = unpack_block_result(bytes);
  const Block block = part.block;
  const std::size_t made = part.records.size() - RunRows(part.records).count(RunStatus::missing);
  schedule_.learn(block, made, part.seconds);
  auto whole = blocks_.upper_bound({block.scenario, block.first_seed});
  expects(whole != blocks_.begin(), "a result is of a block that was handed out");
  --whole;
  whole->second.add(std::move(part));
  if (whole->second.is_complete()) {
    done_.push_back(whole->second.take());
    blocks_.erase(whole);
  }
  const double seconds = stopwatch.seconds();
  schedule_.learn_serving(block, seconds);
  work_.merged(seconds);
}

std::optional<std::vector<std::byte>> GroupTasks::next_result() {
  if (done_.empty()) return std::nullopt;
  std::vector<std::byte> result = pack(done_.back());
  done_.pop_back();
  return result;
}

void GroupTasks::finish() {
  for (auto& [place, block] : blocks_) done_.push_back(block.take());
  blocks_.clear();
}

}  // namespace firesweep
