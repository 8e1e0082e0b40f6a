#include "firesweep/ensemble/differences.hpp"

#include <algorithm>
#include <cmath>

#include "firesweep/statistics/bounds.hpp"

namespace firesweep {
namespace {

/// 1 where the threshold is exceeded, else 0; NaN stays NaN.
std::vector<double> exceeds(std::span<const double> values, double threshold) {
  std::vector<double> over(values.size());
  std::ranges::transform(values, over.begin(), [threshold](double value) {
    return std::isnan(value) ? value : static_cast<double>(value > threshold);
  });
  return over;
}

}  // namespace

PairDifference compare_values(std::span<const double> first, std::span<const double> second,
                              const OutputChoices& choices, double most) {
  // Where one of them is excluded, there is nothing to compare.
  if (first.size() != second.size()) first = second = {};
  PairDifference result;
  result.mean = paired_difference(second, first, choices.confidence);
  const bool is_all_known = result.mean.difference.count == first.size();  // which saves most of the time
  const auto bounds = [&](double estimate, const auto& make_bounds) {
    return is_all_known ? Interval{estimate, estimate} : make_bounds();
  };
  result.mean_bounds =
      bounds(result.mean.difference.mean, [&] { return paired_difference_bounds(second, first, 0.0, most); });
  for (const double threshold : choices.thresholds) {
    const PairedExceedance& point =
        result.exceedance.emplace_back(paired_exceedance(second, first, threshold, choices.confidence));
    result.exceedance_bounds.push_back(bounds(point.difference, [&] {
      return paired_difference_bounds(exceeds(second, threshold), exceeds(first, threshold));
    }));
  }
  return result;
}

LossDifference compare_losses(std::span<const double> first, std::span<const double> second,
                              const Assets& assets, const OutputChoices& choices) {
  if (first.size() != second.size()) first = second = {};
  OutputChoices of_assets = choices;
  of_assets.thresholds = assets.thresholds;
  return {paired_exceedance(second, first, 0.0, choices.confidence),
          compare_values(first, second, of_assets, assets.total)};
}

}  // namespace firesweep
