#pragma once

#include <optional>

namespace firesweep {

/// When to publish what has been done so far. Times are seconds since the job began.
class CheckpointPace {
 public:
  /// Every `interval` seconds if the user wants that; else as often as costs under 2 % of the time, but not
  /// more often than a person could care about.
  explicit CheckpointPace(std::optional<double> interval = std::nullopt);

  bool is_due(double now) const { return now >= next_; }

  /// A publication ended at `now`, after `cost` seconds.
  void published(double now, double cost);

  /// A publication failed at `now`. Returns the seconds until the next one.
  double failed(double now);

 private:
  std::optional<double> interval_;
  double next_;
};

}  // namespace firesweep
