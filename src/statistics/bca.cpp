#include "bca.hpp"

#include <algorithm>
#include <cmath>

#include "distributions.hpp"

namespace firesweep {

namespace {

/// Share of the resamples below the estimate, half of those equal to it; never 0 nor 1, where the bias would
/// have no end.
double share_below(std::span<const double> sorted, double estimate) {
  // That of std::ranges in libstdc++ 12 does not build with clang 14.
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), estimate);
  const auto below = static_cast<double>(first - sorted.begin());
  const auto count = static_cast<double>(sorted.size());
  return std::clamp(below + 0.5 * static_cast<double>(last - first), 0.5, count - 0.5) / count;
}

/// The share of resamples that the corrected interval leaves below its bound at z standard errors.
double corrected_share(double bias, double acceleration, double z) {
  const double w = bias + z;
  const double slope = 1.0 - acceleration * w;
  if (slope <= 0.0) return w > 0.0 ? 1.0 : 0.0;
  return cdf(Normal(), bias + w / slope);
}

}  // namespace

double acceleration(std::span<const double> influences, double middle) {
  double squares = 0.0;
  double cubes = 0.0;
  for (const double of_value : influences) {
    const double influence = of_value - middle;
    squares += influence * influence;
    cubes += influence * influence * influence;
  }
  return squares > 0.0 ? cubes / (6.0 * squares * std::sqrt(squares)) : 0.0;
}

double at_rank(std::span<const double> sorted, double rank) {
  return sorted[static_cast<std::size_t>(std::clamp(rank, 1.0, static_cast<double>(sorted.size()))) - 1];
}

Interval bca_interval(std::vector<double>& resampled, double estimate, double acceleration,
                      double confidence) {
  std::ranges::sort(resampled);
  const auto count = static_cast<double>(resampled.size());
  const double bias = quantile(Normal(), share_below(resampled, estimate));
  const double z = quantile(complement(Normal(), tail_of(confidence)));
  return {at_rank(resampled, std::floor(corrected_share(bias, acceleration, -z) * (count + 1.0))),
          at_rank(resampled, std::ceil(corrected_share(bias, acceleration, z) * (count + 1.0)))};
}

}  // namespace firesweep
