#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace firesweep::python {

/// A mutex that is given to those who wait in the order in which they came, so that one thread that takes it over and over
/// shuts nobody out.
class Turns {
 public:
  void lock() {
    std::unique_lock lock(mutex_);
    const std::uint64_t own = next_++;
    changed_.wait(lock, [&] { return serving_ == own; });
  }

  void unlock() {
    {
      const std::lock_guard lock(mutex_);
      ++serving_;
    }
    changed_.notify_all();
  }

  /// Whether somebody waits for who asks this, and has it.
  bool is_awaited() const { return next_.load(std::memory_order_relaxed) - serving_ > 1; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<std::uint64_t> next_ = 0;
  std::uint64_t serving_ = 0;  // changed by who has it, which so may read it
};

}  // namespace firesweep::python
