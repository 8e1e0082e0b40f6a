#pragma once

#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <vector>

#include "firesweep/parallel/farm.hpp"

#include "mailbox.hpp"
#include "post_office.hpp"
#include "watch.hpp"

namespace firesweep {

/// Rank 0's part in a farm: its threads ask the foreman themselves; its main thread asks on behalf of the
/// other ranks.
class Headquarters {
 public:
  Headquarters(int ranks, Foreman& foreman, Worker& worker, Patience patience);

  FarmEnd work(int threads);

 private:
  enum class Whereabouts : std::uint8_t { here, left, lost };
  struct Done {};

  void serve(std::size_t working);
  void look_around();
  bool must_halt();
  void halt();
  void look_for_lost();
  void lose(int rank);
  void answer(Message message);
  void tell_all(Kind kind, Whereabouts to);

  void compute(int thread);
  std::optional<Bytes> next_task();
  void take_result(Bytes bytes);
  template <typename Call>
  void ask_foreman(const Call& call);
  void fail(std::exception_ptr cause);

  Whereabouts& whereabouts(int rank) { return whereabouts_[static_cast<std::size_t>(rank)]; }

  int ranks_;
  Foreman& foreman_;
  Worker& worker_;
  Patience patience_;

  PostOffice post_;
  Watch watch_;
  std::vector<Whereabouts> whereabouts_;    // by rank
  int away_;                                // other ranks that are still at work
  Watch::Clock::duration last_delivery_{};  // when something other than a sign of life came
  FarmEnd end_;

  std::mutex mutex_;            // of the foreman and the following two
  std::exception_ptr failure_;  // the first
  bool is_halted_ = false;      // once set, nothing more is handed out
  Mailbox<Done> done_;          // one from each own thread
};

}  // namespace firesweep
