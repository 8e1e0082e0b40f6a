#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace firesweep {

/// Knows how long each rank has been silent. Its clock is one of attention: an absence counts as
/// `longest_absence` at most, so that a rank which was suspended does not blame the others for what it could
/// not hear.
class SilenceClock {
 public:
  using Clock = std::chrono::steady_clock;

  SilenceClock(int ranks, Clock::duration longest_absence)
      : longest_absence_(longest_absence), heard_(static_cast<std::size_t>(ranks), Clock::duration::zero()) {}

  /// Lets time pass: to be called again and again by whoever listens.
  void listen() {
    const Clock::time_point round = Clock::now();
    now_ += std::min(round - last_round_, longest_absence_);
    last_round_ = round;
  }

  /// The time listened so far.
  Clock::duration now() const { return now_; }

  void heard(int rank) { heard_[static_cast<std::size_t>(rank)] = now_; }

  Clock::duration silence_of(int rank) const { return now_ - heard_[static_cast<std::size_t>(rank)]; }

 private:
  Clock::duration longest_absence_;
  Clock::time_point last_round_ = Clock::now();
  Clock::duration now_ = Clock::duration::zero();
  std::vector<Clock::duration> heard_;  // when, by rank
};

inline double seconds_since(SilenceClock::Clock::time_point start) {
  return std::chrono::duration<double>(SilenceClock::Clock::now() - start).count();
}

}  // namespace firesweep
