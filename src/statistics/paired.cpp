#include "firesweep/statistics/paired.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/interval.hpp"
#include "firesweep/statistics/nan.hpp"

#include "square.hpp"

namespace firesweep {

namespace {

/// The values of both at the seeds that are ok in both.
struct Pairs {
  std::vector<double> first;
  std::vector<double> second;
};

Pairs common_seeds(std::span<const double> first, std::span<const double> second) {
  expects(first.size() == second.size(), "paired values share their seeds");
  Pairs pairs;
  pairs.first.reserve(first.size());
  pairs.second.reserve(first.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (std::isnan(first[i]) || std::isnan(second[i])) continue;
    pairs.first.push_back(first[i]);
    pairs.second.push_back(second[i]);
  }
  return pairs;
}

double variance_reduction(const Mean& first, const Mean& second, const Mean& difference) {
  const double apart = square(first.standard_deviation) + square(second.standard_deviation);
  if (apart == 0.0) return 1.0;
  return apart / square(difference.standard_deviation);
}

double correlation(const Pairs& pairs, const Mean& first, const Mean& second) {
  double products = 0.0;
  for (std::size_t i = 0; i < pairs.first.size(); ++i) {
    products += (pairs.first[i] - first.mean) * (pairs.second[i] - second.mean);
  }
  const double deviations = first.standard_deviation * second.standard_deviation;
  if (!(deviations > 0.0)) return nan;
  return std::clamp(products / (static_cast<double>(first.count - 1) * deviations), -1.0, 1.0);
}

/// Wald's after two pairs have been added, of sums over pairs of differences and of their squares.
Interval interval_of_sums(double sum, double squares, double pairs, double z) {
  if (pairs == 0.0) return {nan, nan};
  const double count = pairs + 2.0;
  const double mean = sum / count;
  const double half = z * std::sqrt(((squares + 2.0) / count - square(mean)) / count);
  return {std::max(-1.0, mean - half), std::min(1.0, mean + half)};
}

}  // namespace

PairedDifference paired_difference(std::span<const double> first, std::span<const double> second,
                                   double confidence) {
  const Pairs pairs = common_seeds(first, second);
  std::vector<double> differences(pairs.first.size());
  std::ranges::transform(pairs.first, pairs.second, differences.begin(), std::minus());

  const Mean mean_first = mean_of(pairs.first);
  const Mean mean_second = mean_of(pairs.second);
  PairedDifference paired;
  paired.difference = mean_of(differences);
  paired.interval = mean_interval(paired.difference, confidence);
  paired.variance_reduction = variance_reduction(mean_first, mean_second, paired.difference);
  paired.correlation = correlation(pairs, mean_first, mean_second);
  return paired;
}

PairedExceedance paired_exceedance(std::span<const double> first, std::span<const double> second,
                                   double threshold, double confidence) {
  const Pairs pairs = common_seeds(first, second);
  std::vector<double> differences(pairs.first.size());
  std::ranges::transform(pairs.first, pairs.second, differences.begin(), [&](double one, double other) {
    return static_cast<double>(one > threshold) - static_cast<double>(other > threshold);
  });
  return {differences.size(), mean_of(differences).mean, share_difference_interval(differences, confidence)};
}

Interval share_difference_interval(std::span<const double> differences, double confidence) {
  double sum = 0.0;
  double squares = 0.0;
  for (const double difference : differences) {
    sum += difference;
    squares += square(difference);
  }
  return interval_of_sums(sum, squares, static_cast<double>(differences.size()),
                          normal_quantile_two_sided(confidence));
}

ShareDifferenceInterval::ShareDifferenceInterval(std::uint64_t pairs, double confidence)
    : pairs_(static_cast<double>(pairs)), z_(normal_quantile_two_sided(confidence)) {}

Interval ShareDifferenceInterval::operator()(std::uint64_t first_alone, std::uint64_t second_alone) const {
  const auto first = static_cast<double>(first_alone);
  const auto second = static_cast<double>(second_alone);
  expects(first + second <= pairs_, "no more pairs differ than there are");
  return interval_of_sums(first - second, first + second, pairs_, z_);
}

}  // namespace firesweep
