#pragma once

#include "firesweep/parallel/farm.hpp"

#include "lifeline.hpp"
#include "serving_loop.hpp"

namespace firesweep {

/// A collector's part in a farm: it serves its group and works itself, as rank 0 does where there are no collectors; and
/// asks rank 0 for tasks and brings it results, as a worker does.
class CollectorLoop final : ServingLoop {
 public:
  CollectorLoop(const World& world, Collector& collector, const RankTree& tree, Worker& worker,
                Timeouts timeouts);

  /// Throws RootLost.
  void work(int threads);

 private:
  bool is_told_to_halt() override { return is_told_to_halt_; }
  void asked_to_halt(int rank) override;
  void has_lost(int rank) override;
  void go_between(bool is_idle) override;
  bool may_end() const override { return is_dismissed_; }
  bool takes(Message& message) override;

  void send_results();
  void say_goodbye();
  void tell_failure();

  Collector& collector_;
  Lifeline lifeline_;
  bool has_asked_ = false;     // for a task that has not come yet
  bool is_exhausted_ = false;  // rank 0 has no more
  bool is_told_to_halt_ = false;
  bool has_told_failure_ = false;
  bool has_said_goodbye_ = false;
  bool is_dismissed_ = false;
};

}  // namespace firesweep
