#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "firesweep/parallel/farm.hpp"

#include "back_off.hpp"
#include "lifeline.hpp"
#include "mailbox.hpp"
#include "messenger.hpp"

namespace firesweep {

/// The part in a farm of a rank that leads nobody: its threads compute; its main thread carries their results out and
/// their tasks in.
class WorkerLoop {
 public:
  WorkerLoop(const World& world, const RankTree& tree, int threads, Worker& worker, Timeouts timeouts);

  /// Throws RootLost.
  void work();

 private:
  void serve_round();
  void take_in(Message message);
  void abandon();

  void compute(int thread);
  Message attempt(int thread, const Bytes& task);

  Worker& worker_;
  Messenger messenger_;
  Lifeline lifeline_;
  BackOff back_off_;
  std::size_t employed_ = 0;  // threads that have not ended
  bool is_dismissed_ = false;

  Mailbox<Message> outgoing_;                         // a thread's goodbye is for the main thread alone
  std::vector<Mailbox<std::optional<Bytes>>> tasks_;  // by thread; nothing means no more
};

}  // namespace firesweep
