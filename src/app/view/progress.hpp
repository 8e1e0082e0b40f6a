#pragma once

#include <cstdint>
#include <optional>

#include "firesweep/ensemble/performance.hpp"

namespace firesweep {

/// Tells a person how far the ensemble is: a live bar on a terminal, a line now and then in a log, on
/// standard error.
class Progress {
 public:
  enum class Style : std::uint8_t { silent, lines, bar };

  /// The style that suits standard error.
  static Style style_of_standard_error();

  /// Of `runs` in all, `done_before` are there already.
  Progress(Style style, std::uint64_t runs, std::uint64_t done_before = 0)
      : style_(style), runs_(runs), done_before_(done_before) {}

  /// `seconds_left` is the expected time to the end.
  void update(std::uint64_t done, std::uint64_t failed, double seconds_left);
  /// Draws the last state, whatever the clock says, and ends the line.
  void finish(std::uint64_t done, std::uint64_t failed);

 private:
  void draw(std::uint64_t done, std::uint64_t failed, std::optional<double> seconds_left) const;

  Style style_;
  std::uint64_t runs_;
  std::uint64_t done_before_;
  Stopwatch since_start_;
  double next_ = 0.0;  // when to draw again [s since start]
};

}  // namespace firesweep
