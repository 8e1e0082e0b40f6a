#include "firesweep/statistics/exceedance.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/interval.hpp"
#include "firesweep/statistics/nan.hpp"

#include "distributions.hpp"

namespace firesweep {

double dkw_half_height(std::uint64_t count, double confidence) {
  expects(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
  if (count == 0) return nan;
  return std::sqrt(-std::log(tail_of(confidence)) / (2.0 * static_cast<double>(count)));
}

Interval dkw_band(double share, std::uint64_t count, double confidence) {
  const double half = dkw_half_height(count, confidence);
  if (count == 0) return {nan, nan};
  expects(share >= 0.0 && share <= 1.0, "a share lies in [0, 1]");
  return {std::max(0.0, share - half), std::min(1.0, share + half)};
}

std::vector<Exceedance> exceedance_curve(std::span<const double> sorted, std::span<const double> thresholds,
                                         double confidence) {
  std::vector<Exceedance> curve;
  curve.reserve(thresholds.size());
  for (const double threshold : thresholds) {
    const auto over = static_cast<std::uint64_t>(sorted.end() - std::ranges::upper_bound(sorted, threshold));
    const double share =
        sorted.empty() ? nan : static_cast<double>(over) / static_cast<double>(sorted.size());
    curve.push_back({threshold, over, share, wilson_interval(over, sorted.size(), confidence),
                     dkw_band(share, sorted.size(), confidence)});
  }
  return curve;
}

Mean mean_over(std::span<const double> values, double threshold) {
  std::vector<double> over;
  std::ranges::copy_if(values, std::back_inserter(over),
                       [threshold](double value) { return value > threshold; });
  return mean_of(over);
}

}  // namespace firesweep
