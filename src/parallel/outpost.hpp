#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "firesweep/parallel/farm.hpp"

#include "back_off.hpp"
#include "mailbox.hpp"
#include "post_office.hpp"
#include "watch.hpp"

namespace firesweep {

/// Another rank's part in a farm: its threads compute; its main thread carries their results out and their
/// tasks in.
class Outpost {
 public:
  Outpost(const World& world, int threads, Worker& worker, Patience patience);

  /// Throws RootLost.
  void work();

 private:
  void serve_round();
  void look_around();
  void take_in(Message message);
  void send_out(Message message);
  void abandon();

  void compute(int thread);
  Message attempt(int thread, const Bytes& task);

  const World& world_;
  Worker& worker_;
  Patience patience_;

  PostOffice post_;
  Watch watch_;
  BackOff back_off_;
  Watch::Clock::time_point next_look_ = Watch::Clock::now();
  Watch::Clock::duration last_sent_{};
  std::size_t employed_ = 0;  // threads that have not ended
  bool has_met_root_ = false;
  std::optional<Watch::Clock::duration> orphaned_;  // since when the launcher is known to be dead
  bool has_pleaded_ = false;
  bool is_dismissed_ = false;

  Mailbox<Message> outgoing_;                         // a thread's goodbye is for the main thread alone
  std::vector<Mailbox<std::optional<Bytes>>> tasks_;  // by thread; nothing means no more
};

}  // namespace firesweep
