#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "firesweep/parallel/farm.hpp"

#include "back_off.hpp"
#include "mailbox.hpp"
#include "messenger.hpp"
#include "silence_clock.hpp"

namespace firesweep {

/// Another rank's part in a farm: its threads compute; its main thread carries their results out and their
/// tasks in.
class WorkerLoop {
 public:
  WorkerLoop(const World& world, int threads, Worker& worker, Timeouts timeouts);

  /// Throws RootLost.
  void work();

 private:
  void serve_round();
  void check_ranks();
  void take_in(Message message);
  void send_out(Message message);
  void abandon();

  void compute(int thread);
  Message attempt(int thread, const Bytes& task);

  const World& world_;
  Worker& worker_;
  Timeouts timeouts_;

  Messenger messenger_;
  SilenceClock watch_;
  BackOff back_off_;
  SilenceClock::Clock::time_point next_check_ = SilenceClock::Clock::now();
  SilenceClock::Clock::duration last_sent_{};
  std::size_t employed_ = 0;  // threads that have not ended
  bool has_met_root_ = false;
  std::optional<SilenceClock::Clock::duration> orphaned_;  // since when the launcher is known to be dead
  bool has_requested_stop_ = false;
  bool is_dismissed_ = false;

  Mailbox<Message> outgoing_;                         // a thread's goodbye is for the main thread alone
  std::vector<Mailbox<std::optional<Bytes>>> tasks_;  // by thread; nothing means no more
};

}  // namespace firesweep
