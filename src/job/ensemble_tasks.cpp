#include "ensemble_tasks.hpp"

#include <exception>
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
  const std::lock_guard lock(mutex_);
  if (!interruption_.empty()) return std::nullopt;
  if (results_.plan().experiment().on_failure == OnFailure::stop && runs_failed_ > 0) return std::nullopt;
  const std::optional<Block> block = schedule_.next(walltime_.seconds_left(checkpointer_.longest()));
  if (!block) return std::nullopt;
  return pack(*block);
}

void EnsembleTasks::take_result(std::vector<std::byte> bytes) {
  const Stopwatch stopwatch;
  Unpacked unpacked{.result = unpack_block_result(bytes), .bytes = bytes.size()};
  const BlockResult& result = unpacked.result;
  const std::size_t made = result.records.size() - RunRows(result.records).count(RunStatus::missing);
  unpacked.seconds = stopwatch.seconds();

  Lock lock(mutex_);
  schedule_.learn(result.block, made, result.seconds);
  runs_done_ += made;
  runs_failed_ += result.failures.size();
  bytes_waiting_ += unpacked.bytes;
  waiting_.push_back(std::move(unpacked));
  if (bytes_waiting_ > most_waiting) checkpointer_.wait();
  merge_waiting(lock);
}

TaskSource::Order EnsembleTasks::tick() {
  Lock lock(mutex_);
  if (interruption_.empty()) {
    if (const std::optional<std::string> signal = StopSignals::received()) {
      interrupt(*signal);
    } else if (walltime_.seconds_left(checkpointer_.longest()) <= 0.0) {
      interrupt("walltime");
    } else if (observer_.wants_end()) {
      interrupt("told to end");
    }
  }
  merge_waiting(lock);
  if (!checkpointer_.is_writing() && is_checkpoint_due() && runs_done_ > runs_published_) checkpoint(lock);
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
  const std::lock_guard lock(mutex_);
  if (interruption_.empty()) interrupt(fmt::format("a signal to rank {}", rank));
}

void EnsembleTasks::finish() {
  Lock lock(mutex_);
  checkpointer_.wait();
  merge_waiting(lock);
  chunks_.finish();
}

// Several threads may be here at once, each with a result of its own.
void EnsembleTasks::merge_waiting(Lock& lock) {
  while (!waiting_.empty() && !is_checkpoint_next_ && !checkpointer_.is_writing()) {
    Unpacked next = std::move(waiting_.front());
    waiting_.pop_front();
    bytes_waiting_ -= next.bytes;
    merge(std::move(next), lock);
  }
}

void EnsembleTasks::merge(Unpacked unpacked, Lock& lock) {
  const Block block = unpacked.result.block;
  const Stopwatch stopwatch;
  ++merging_;
  lock.unlock();
  std::exception_ptr failure;
  try {
    results_.merge(unpacked.result);
    unpacked.result = {};  // which takes time, too
  } catch (...) {
    failure = std::current_exception();
  }
  lock.lock();
  --merging_;
  unseen_.push_back(block);
  if (merging_ == 0) {
    merged_.notify_all();
    // Nobody changes what the chunks look at.
    for (const auto& [scenario, first_seed, count] : unseen_)
      chunks_.look_at(results_, scenario * results_.plan().seeds() + first_seed, count);
    unseen_.clear();
  }
  if (failure) std::rethrow_exception(failure);
  const double seconds = unpacked.seconds + stopwatch.seconds();
  schedule_.learn_serving(block, seconds);
  performance_[Phase::merge].add(seconds);
}

void EnsembleTasks::checkpoint(Lock& lock) {
  is_checkpoint_next_ = true;
  merged_.wait(lock, [this] { return merging_ == 0; });
  is_checkpoint_next_ = false;
  checkpointer_.start({.ending = interruption_.empty() ? "running" : interruption_,
                       .seconds_left = schedule_.seconds_left(),
                       .performance = {.wall_seconds = since_start_.seconds(), .ranks = {}},
                       .chunks = &chunks_});
  runs_published_ = results_.runs_ok() + results_.runs_failed();  // not those that wait to be merged
}

void EnsembleTasks::interrupt(std::string reason) {
  interruption_ = std::move(reason);
  since_interruption_ = Stopwatch();
  observer_.interrupted(runs_done_, runs_failed_, interruption_);
}

}  // namespace firesweep
