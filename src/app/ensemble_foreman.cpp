#include "ensemble_foreman.hpp"

#include "firesweep/ensemble/wire.hpp"

namespace firesweep {

EnsembleForeman::EnsembleForeman(Results& results, Schedule& schedule, Progress& progress,
                                 RankPerformance& performance)
    : results_(results), schedule_(schedule), progress_(progress), performance_(performance) {}

std::optional<std::vector<std::byte>> EnsembleForeman::next_task() {
  const bool must_stop =
      results_.plan().experiment().on_failure == OnFailure::stop && results_.runs_failed() > 0;
  const std::optional<Block> block = must_stop ? std::nullopt : schedule_.next();
  if (!block) return std::nullopt;
  return pack(*block);
}

void EnsembleForeman::take_result(std::vector<std::byte> bytes) {
  const Stopwatch stopwatch;
  const BlockResult result = unpack_block_result(bytes);
  results_.merge(result);
  schedule_.learn(result.block, result.seconds);
  performance_[Phase::merge].add(stopwatch.seconds());
}

void EnsembleForeman::tick() {
  progress_.update(runs_done(), results_.runs_failed(), schedule_.seconds_left());
}

}  // namespace firesweep
