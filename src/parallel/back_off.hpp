#pragma once

#include <algorithm>
#include <chrono>
#include <utility>

namespace firesweep {

/// How long to sleep when nothing arrived: briefly at first, as answers come in microseconds, then up to a
/// millisecond, which costs no core.
class BackOff {
 public:
  void reset() { pause_ = shortest; }
  std::chrono::microseconds pause() { return std::exchange(pause_, std::min(2 * pause_, longest)); }

 private:
  static constexpr std::chrono::microseconds shortest{20};
  static constexpr std::chrono::microseconds longest{1000};
  std::chrono::microseconds pause_ = shortest;
};

}  // namespace firesweep
