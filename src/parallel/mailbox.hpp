#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace firesweep {

/// A queue between threads: anyone posts, anyone takes.
template <typename Item>
class Mailbox {
 public:
  void post(Item item) {
    {
      const std::lock_guard lock(mutex_);
      items_.push_back(std::move(item));
    }
    posted_.notify_one();
  }

  /// The oldest item; sleeps until there is one.
  Item take() {
    std::unique_lock lock(mutex_);
    posted_.wait(lock, [this] { return !items_.empty(); });
    return take_first();
  }

  /// The oldest item, or nothing if none comes within `timeout`.
  std::optional<Item> take_within(std::chrono::microseconds timeout) {
    std::unique_lock lock(mutex_);
    if (!posted_.wait_for(lock, timeout, [this] { return !items_.empty(); })) return std::nullopt;
    return take_first();
  }

 private:
  Item take_first() {
    Item item = std::move(items_.front());
    items_.pop_front();
    return item;
  }

  std::mutex mutex_;
  std::condition_variable posted_;
  std::deque<Item> items_;
};

}  // namespace firesweep
