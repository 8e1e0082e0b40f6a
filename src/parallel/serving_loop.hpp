#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "firesweep/parallel/farm.hpp"

#include "mailbox.hpp"
#include "messenger.hpp"
#include "silence_clock.hpp"

namespace firesweep {

/// What a rank does that others get their tasks from, be it rank 0 or a collector: its threads ask the pool themselves;
/// its main thread asks on behalf of the ranks below.
class ServingLoop {
 public:
  ServingLoop(const ServingLoop&) = delete;
  ServingLoop& operator=(const ServingLoop&) = delete;

 protected:
  ServingLoop(const World& world, std::vector<int> below, TaskPool& pool, Worker& worker, Timeouts timeouts);
  virtual ~ServingLoop() = default;

  /// Serves until all is done, while so many own threads do their part: part(thread) each.
  void serve_with(int threads, const std::function<void(int)>& part);
  /// The part of a thread that works: it does tasks until there are none.
  void compute(int thread);

  /// Whether an order to halt has come, asked some ten times a second; an exception halts the loop anyway.
  virtual bool is_told_to_halt() = 0;
  /// A rank below, or one below that, wants the job to end.
  virtual void asked_to_halt(int rank) = 0;
  /// A rank below is lost.
  virtual void has_lost(int rank) = 0;
  /// What there is to do between messages. `is_idle` once all below have left and the own threads have ended.
  virtual void go_between([[maybe_unused]] bool is_idle) {}
  /// Whether an idle loop may end.
  virtual bool may_end() const { return true; }
  /// A rank below has sent a result.
  virtual void has_come(Bytes result) { take_result(std::move(result)); }
  /// No result will come any more from below, or none that anybody could serve.
  virtual void nothing_will_come() {}
  /// Whether a message is for this class rather than the loop, and is dealt with.
  virtual bool takes([[maybe_unused]] Message& message) { return false; }

  /// Calls what is of the pool; what that throws must not keep the main thread from serving the others.
  template <typename Call>
  void ask_pool(const Call& call) {
    try {
      const std::lock_guard lock(mutex_);
      call();
    } catch (...) {
      fail(std::current_exception());
    }
  }
  /// The same of a result, beside whatever else is asked of the pool.
  void take_result(Bytes result);
  void fail(std::exception_ptr cause);
  std::exception_ptr failure();
  /// Hands nothing more out and has every rank abandon what it does.
  void halt();
  /// Gives tasks to those who wait for one.
  void serve_waiting();
  /// From now on a pool without tasks may get more, or will not.
  void expect_more(bool may_get_more);

  const World& world_;
  Worker& worker_;
  Timeouts timeouts_;
  Messenger messenger_;
  std::vector<Report> reports_;  // of ranks below that have left
  std::exception_ptr broken_{};  // what has ended the main thread's part, and serving with it

 private:
  enum class RankState : std::uint8_t { here, left, lost };
  struct Done {};

  void serve(std::size_t working);
  void check_ranks();
  void look_for_lost();
  void lose(int rank);
  void answer(Message message);
  void tell_all(Kind kind, RankState to);

  enum class Patience : std::uint8_t { none, waits };
  std::optional<Bytes> next_task(Patience patience);
  bool may_get_more();

  RankState& state_of(int rank) { return states_[static_cast<std::size_t>(rank)]; }

  std::vector<int> below_;
  TaskPool& pool_;
  SilenceClock watch_;
  std::vector<RankState> states_;                  // by rank
  std::size_t away_;                               // ranks below that are still at work
  SilenceClock::Clock::duration last_delivery_{};  // when something other than a sign of life came
  std::deque<Message> waiting_;                    // requests that there was no task for

  std::mutex mutex_;                 // of the pool and the following four
  std::condition_variable changed_;  // for own threads that wait for a task
  std::exception_ptr failure_{};     // the first
  bool is_halted_ = false;           // once set, nothing more is handed out
  bool may_get_more_ = false;
  Mailbox<Done> done_;  // one from each own thread
};

}  // namespace firesweep
