#pragma once

#include <future>

#include "firesweep/ensemble/estimates.hpp"
#include "firesweep/ensemble/performance.hpp"
#include "firesweep/ensemble/results.hpp"

namespace firesweep {

/// Estimates that are made beside the writing of what they are made from, if there are threads for both; else when
/// they are first asked for.
class Estimating {
 public:
  /// `results` must outlive this and not change.
  Estimating(const Results& results, unsigned threads)
      : made_(std::async(threads > 1 ? std::launch::async | std::launch::deferred : std::launch::deferred,
                         [this, &results, threads] {
                           const Stopwatch stopwatch;
                           estimates_ = estimate(results, threads);
                           seconds_ = stopwatch.seconds();
                         })) {}

  Estimating(const Estimating&) = delete;
  Estimating& operator=(const Estimating&) = delete;

  /// Waits until they are made. Not for several threads.
  const Estimates& estimates() {
    if (made_.valid()) {
      const Stopwatch stopwatch;
      made_.get();
      seconds_waited_ = stopwatch.seconds();
    }
    return estimates_;
  }

  /// What they took, once they have been asked for [s].
  double seconds() const { return seconds_; }
  /// Of that, what whoever asked first waited for.
  double seconds_waited() const { return seconds_waited_; }

 private:
  Estimates estimates_;
  double seconds_ = 0.0;
  double seconds_waited_ = 0.0;
  std::future<void> made_;  // last, as it sets the others
};

}  // namespace firesweep
