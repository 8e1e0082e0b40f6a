#include "ensemble_tasks.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "firesweep/ensemble/wire.hpp"
#include "firesweep/job/stop_signals.hpp"

namespace firesweep {
namespace {

// More than this is not kept waiting for a checkpoint to be written [bytes].
constexpr std::size_t most_waiting = std::size_t{1} << 30;

}  // namespace

EnsembleTasks::EnsembleTasks(Results& results, RunChunks& chunks, Schedule& schedule, JobObserver& observer,
                             Checkpointer& checkpointer, const Walltime& walltime,
                             RankPerformance& performance)
    : results_(results),
      chunks_(chunks),
      schedule_(schedule),
      observer_(observer),
      checkpointer_(checkpointer),
      walltime_(walltime),
      performance_(performance),
      runs_done_(results.runs_ok() + results.runs_failed()),
      runs_failed_(results.runs_failed()),
      runs_published_(runs_done_) {}

std::optional<std::vector<std::byte>> EnsembleTasks::next_task() {
  if (!interruption_.empty()) return std::nullopt;
  if (results_.plan().experiment().on_failure == OnFailure::stop && runs_failed_ > 0) return std::nullopt;
  const std::optional<Block> block = schedule_.next(walltime_.seconds_left(checkpointer_.longest()));
  if (!block) return std::nullopt;
  return pack(*block);
}

void EnsembleTasks::take_result(std::vector<std::byte> bytes) {
  const Stopwatch stopwatch;
  BlockResult result = unpack_block_result(bytes);
  const std::size_t made = result.records.size() - RunRows(result.records).count(RunStatus::missing);
  schedule_.learn(result.block, made, result.seconds);
  runs_done_ += made;
  runs_failed_ += result.failures.size();
  waiting_.push_back({std::move(result), stopwatch.seconds()});
  bytes_waiting_ += bytes.size();
  if (bytes_waiting_ > most_waiting) checkpointer_.wait();
  if (!checkpointer_.is_writing()) merge_waiting();
}

TaskSource::Order EnsembleTasks::tick() {
  if (interruption_.empty()) {
    if (const std::optional<std::string> signal = StopSignals::received()) {
      interrupt(*signal);
    } else if (walltime_.seconds_left(checkpointer_.longest()) <= 0.0) {
      interrupt("walltime");
    } else if (observer_.wants_end()) {
      interrupt("told to end");
    }
  }
  if (!checkpointer_.is_writing()) {
    merge_waiting();
    if (is_checkpoint_due() && runs_done_ > runs_published_) checkpoint();
  }
  if (!interruption_.empty()) return Order::halt;
  observer_.progresses(runs_done_, runs_failed_, schedule_.seconds_left());
  return Order::go_on;
}

// Ranks that are told to halt do so at once, and the last publication follows. If one does not, it may be
// dead, and mpirun about to kill this rank too.
bool EnsembleTasks::is_checkpoint_due() const {
  constexpr double moment = 0.1;  // [s]
  return interruption_.empty() ? checkpointer_.is_due() : since_interruption_.seconds() > moment;
}

void EnsembleTasks::asked_to_halt(int rank) {
  if (interruption_.empty()) interrupt(fmt::format("a signal to rank {}", rank));
}

void EnsembleTasks::finish() {
  checkpointer_.wait();
  merge_waiting();
  chunks_.finish();
}

void EnsembleTasks::merge_waiting() {
  for (const Waiting& one : waiting_) {
    const Stopwatch stopwatch;
    const Block& block = one.result.block;
    results_.merge(one.result);
    chunks_.look_at(results_, block.scenario * results_.plan().seeds() + block.first_seed, block.count);
    const double seconds = one.seconds_unpacking + stopwatch.seconds();
    schedule_.learn_serving(block, seconds);
    performance_[Phase::merge].add(seconds);
  }
  waiting_.clear();
  bytes_waiting_ = 0;
}

void EnsembleTasks::checkpoint() {
  checkpointer_.start({.ending = interruption_.empty() ? "running" : interruption_,
                       .seconds_left = schedule_.seconds_left(),
                       .performance = {.wall_seconds = since_start_.seconds(), .ranks = {}},
                       .chunks = &chunks_});
  runs_published_ = runs_done_;
}

void EnsembleTasks::interrupt(std::string reason) {
  interruption_ = std::move(reason);
  since_interruption_ = Stopwatch();
  observer_.interrupted(runs_done_, runs_failed_, interruption_);
}

}  // namespace firesweep
