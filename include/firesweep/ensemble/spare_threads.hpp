#pragma once

#include <algorithm>
#include <atomic>

namespace firesweep {

/// The threads of a rank that have run out of fires, and may help with those that still burn. Any thread may
/// call it.
class SpareThreads {
 public:
  /// `threads` threads take blocks; none is spare yet.
  explicit SpareThreads(int threads) : working_(threads) {}

  /// One of them has no more blocks, and leaves the `threads` that it had on its fires.
  void leave(int threads) {
    --working_;
    spare_ += threads;
  }

  /// Takes a fair share of the spare threads for one of them that is still at work; 0 if there is none.
  int take() {
    int spare = spare_.load(std::memory_order_relaxed);
    while (spare > 0) {
      const int working = std::max(1, working_.load());
      const int share = (spare + working - 1) / working;
      if (spare_.compare_exchange_weak(spare, spare - share)) return share;
    }
    return 0;
  }

 private:
  std::atomic<int> working_;
  std::atomic<int> spare_ = 0;
};

}  // namespace firesweep
