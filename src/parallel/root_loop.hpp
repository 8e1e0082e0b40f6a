#pragma once

#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <vector>

#include "firesweep/parallel/farm.hpp"

#include "mailbox.hpp"
#include "messenger.hpp"
#include "silence_clock.hpp"

namespace firesweep {

/// Rank 0's part in a farm: its threads ask the source themselves; its main thread asks on behalf of the
/// other ranks.
class RootLoop {
 public:
  RootLoop(const World& world, TaskSource& source, Worker& worker, Timeouts timeouts);

  FarmEnd work(int threads);

 private:
  enum class RankState : std::uint8_t { here, left, lost };
  struct Done {};

  void serve(std::size_t working);
  void check_ranks();
  bool must_halt();
  void halt();
  void look_for_lost();
  void lose(int rank);
  void answer(Message message);
  void tell_all(Kind kind, RankState to);

  void compute(int thread);
  std::optional<Bytes> next_task();
  void take_result(Bytes bytes);
  template <typename Call>
  void ask_source(const Call& call);
  void fail(std::exception_ptr cause);

  RankState& state_of(int rank) { return states_[static_cast<std::size_t>(rank)]; }

  const World& world_;
  int ranks_;
  TaskSource& source_;
  Worker& worker_;
  Timeouts timeouts_;

  Messenger messenger_;
  SilenceClock watch_;
  std::vector<RankState> states_;                  // by rank
  int away_;                                       // other ranks that are still at work
  SilenceClock::Clock::duration last_delivery_{};  // when something other than a sign of life came
  FarmEnd end_;

  std::mutex mutex_;            // of the source and the following two
  std::exception_ptr failure_;  // the first
  bool is_halted_ = false;      // once set, nothing more is handed out
  Mailbox<Done> done_;          // one from each own thread
};

}  // namespace firesweep
