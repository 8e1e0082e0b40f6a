#include "firesweep/statistics/modes.hpp"

#include <algorithm>
#include <cstddef>

#include "firesweep/statistics/mean.hpp"

namespace firesweep {

namespace {

constexpr double least_explained = 0.85;
constexpr double least_share = 0.02;
constexpr std::size_t least_values = 5;
constexpr double least_upper_mean = 0.01;
constexpr double least_ratio = 10.0;

/// Values up to the best border, and the sum of squares that splitting there explains. No split explains more
/// than `total`.
struct BestSplit {
  std::size_t lower_count = 0;
  double explained = 0.0;
  double total = 0.0;
};

BestSplit best_split(std::span<const double> sorted) {
  const double mean = mean_of(sorted).mean;
  BestSplit best;
  double sum = 0.0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double difference = sorted[i] - mean;
    best.total += difference * difference;
    sum += difference;
    if (i + 1 == sorted.size() || sorted[i] == sorted[i + 1]) continue;
    // The differences of the upper group add up to -sum, hence its share of the sum of squares.
    const double explained =
        sum * sum / static_cast<double>(i + 1) + sum * sum / static_cast<double>(sorted.size() - i - 1);
    if (explained > best.explained) {
      best.explained = explained;
      best.lower_count = i + 1;
    }
  }
  return best;
}

}  // namespace

std::optional<ModeSplit> mode_split(std::span<const double> sorted) {
  const BestSplit best = best_split(sorted);
  const std::size_t upper_count = sorted.size() - best.lower_count;
  const std::size_t fewer = std::min(best.lower_count, upper_count);
  const auto n = static_cast<double>(sorted.size());
  if (fewer < least_values || static_cast<double>(fewer) < least_share * n) return std::nullopt;
  if (best.explained < least_explained * best.total) return std::nullopt;

  const double lower_mean = mean_of(sorted.first(best.lower_count)).mean;
  const double upper_mean = mean_of(sorted.last(upper_count)).mean;
  if (upper_mean < least_upper_mean || upper_mean < least_ratio * lower_mean) return std::nullopt;
  return ModeSplit{sorted[best.lower_count - 1], static_cast<double>(upper_count) / n, lower_mean,
                   upper_mean};
}

}  // namespace firesweep
