#include "firesweep/engine/thread_team.hpp"

#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "firesweep/check/contract.hpp"

namespace firesweep {
namespace {

// A step of a fire takes some microseconds and the next one follows at once, but it takes longer than that to
// wake a sleeping thread. So one that waits looks again for about as long as a wake-up takes before it
// sleeps, and lets others run in between.
constexpr int looks_before_sleep = 200;

template <class Value>
void wait_while(const std::atomic<Value>& value, Value old) {
  for (int look = 0; look < looks_before_sleep; ++look) {
    if (value.load(std::memory_order_acquire) != old) return;
    std::this_thread::yield();
  }
  value.wait(old, std::memory_order_acquire);
}

}  // namespace

class ThreadTeam::Team {
 public:
  explicit Team(int size) : size_(size) {
    try {
      for (int member = 1; member < size; ++member) threads_.emplace_back([this, member] { serve(member); });
    } catch (...) {
      dismiss();  // those that have come; else they would be waited for, and wait, for ever
      throw;
    }
  }

  ~Team() { dismiss(); }

  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  int size() const { return size_; }

  void run(const std::function<void(int)>& work) {
    work_ = &work;
    busy_.store(size_ - 1, std::memory_order_relaxed);
    start();
    attempt(0);
    for (int busy = busy_.load(std::memory_order_acquire); busy > 0;
         busy = busy_.load(std::memory_order_acquire))
      wait_while(busy_, busy);
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  }

 private:
  void dismiss() {
    work_ = nullptr;
    start();
  }

  void start() {
    call_.fetch_add(1, std::memory_order_release);
    call_.notify_all();
  }

  void serve(int member) {
    for (std::uint32_t answered = 0;; ++answered) {
      wait_while(call_, answered);
      if (work_ == nullptr) return;
      attempt(member);
      if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) busy_.notify_one();
    }
  }

  void attempt(int member) {
    try {
      (*work_)(member);
    } catch (...) {
      const std::lock_guard lock(failure_mutex_);
      if (!failure_) failure_ = std::current_exception();
    }
  }

  int size_;
  std::atomic<std::uint32_t> call_ = 0;  // counts the calls of run()
  std::atomic<int> busy_ = 0;            // threads that still work on this one
  const std::function<void(int)>* work_ = nullptr;
  std::mutex failure_mutex_;
  std::exception_ptr failure_;
  std::vector<std::jthread> threads_;  // last, so that they end before what they use
};

ThreadTeam::ThreadTeam(int size) {
  resize(size);
}

ThreadTeam::~ThreadTeam() = default;

int ThreadTeam::size() const {
  return team_->size();
}

void ThreadTeam::resize(int size) {
  expects(size >= 1, "a team has a member");
  team_ = std::make_unique<Team>(size);
}

void ThreadTeam::run(const std::function<void(int)>& work) {
  team_->run(work);
}

}  // namespace firesweep
