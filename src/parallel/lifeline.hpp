#pragma once

#include <optional>

#include "firesweep/parallel/farm.hpp"

#include "messenger.hpp"
#include "silence_clock.hpp"

namespace firesweep {

/// What ties a rank to the one that it gets its tasks from: it says that it lives, passes on that it wants to end, and
/// notices when that one is gone.
class Lifeline {
 public:
  /// `above` may be silent for so long.
  Lifeline(const World& world, int above, Messenger& messenger, Worker& worker, Timeouts timeouts,
           SilenceClock::Clock::duration silence);

  int above() const { return above_; }

  /// Sends a message to the rank above.
  void send(Message message);

  /// To be called when something has come from the rank above.
  void heard();

  /// To be called again and again. Throws RootLost.
  void keep();

 private:
  void check();

  const World& world_;
  int above_;
  Messenger& messenger_;
  Worker& worker_;
  Timeouts timeouts_;
  SilenceClock::Clock::duration longest_silence_;
  SilenceClock watch_;
  SilenceClock::Clock::time_point next_check_ = SilenceClock::Clock::now();
  SilenceClock::Clock::duration last_sent_{};
  bool has_met_ = false;
  std::optional<SilenceClock::Clock::duration> orphaned_;  // since when the launcher is known to be dead
  bool has_requested_stop_ = false;
};

}  // namespace firesweep
