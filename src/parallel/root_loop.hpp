#pragma once

#include <atomic>
#include <cstddef>
#include <optional>

#include "firesweep/parallel/farm.hpp"

#include "mailbox.hpp"
#include "message.hpp"
#include "serving_loop.hpp"

namespace firesweep {

/// Rank 0's part in a farm: it serves all other ranks and works itself; or it serves the collectors, and its threads take
/// their results, of which one thread could not take as many as a hundred thousand workers bring.
class RootLoop final : ServingLoop {
 public:
  RootLoop(const World& world, const RankTree& tree, TaskSource& source, Worker& worker, Timeouts timeouts);

  FarmEnd work(int threads);

 private:
  bool is_told_to_halt() override;
  void asked_to_halt(int rank) override;
  void has_lost(int rank) override;
  void has_come(Bytes result) override;
  void nothing_will_come() override;
  void take_results();

  const RankTree& tree_;
  TaskSource& source_;
  FarmEnd end_;
  std::size_t takers_ = 0;  // threads that take results
  std::atomic<std::size_t> bytes_to_take_ = 0;
  Mailbox<std::optional<Bytes>> to_take_{};  // for them; nothing has one of them end
};

}  // namespace firesweep
