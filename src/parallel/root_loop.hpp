#pragma once

#include "firesweep/parallel/farm.hpp"

#include "serving_loop.hpp"

namespace firesweep {

/// Rank 0's part in a farm: it serves all other ranks and works itself, or serves the collectors and does not.
class RootLoop final : ServingLoop {
 public:
  RootLoop(const World& world, const RankTree& tree, TaskSource& source, Worker& worker, Timeouts timeouts);

  FarmEnd work(int threads);

 private:
  bool is_told_to_halt() override;
  void asked_to_halt(int rank) override;
  void has_lost(int rank) override;

  const RankTree& tree_;
  TaskSource& source_;
  FarmEnd end_;
};

}  // namespace firesweep
