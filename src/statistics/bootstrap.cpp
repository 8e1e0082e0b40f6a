#include "firesweep/statistics/bootstrap.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/interval.hpp"
#include "firesweep/statistics/nan.hpp"

#include "bca.hpp"

namespace firesweep {

namespace {

std::vector<double> deviations_from(double mean, std::span<const double> values) {
  std::vector<double> deviations;
  deviations.reserve(values.size());
  for (const double value : values) deviations.push_back(value - mean);
  return deviations;
}

}  // namespace

Interval bca_mean_interval(std::span<const double> values, double confidence, const RandomWords& words) {
  expects(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
  expects(values.size() <= std::numeric_limits<std::uint32_t>::max(), "a resample is drawn by 32-bit words");
  if (values.size() < 2) return {nan, nan};
  const auto n = static_cast<double>(values.size());
  const double mean = mean_of(values).mean;
  const std::vector<double> deviations = deviations_from(mean, values);

  // A resample that has the mean of the sample counts half towards the bias. Rounding must not take sides.
  const auto [least, most] = std::ranges::minmax(deviations);
  const double rounding = n * std::numeric_limits<double>::epsilon() * std::max(-least, most);

  std::vector<double> resampled(bootstrap_resamples);
  const auto mean_of_resamples = [&]<std::size_t together>(std::size_t first) {
    std::array<double, together> sums{};
    resample<together>(values.size(), first, words,
                       [&](std::size_t k, std::size_t i) { sums[k] += deviations[i]; });
    for (std::size_t k = 0; k < together; ++k)
      resampled[first + k] = std::fabs(sums[k]) <= rounding ? 0.0 : sums[k] / n;
  };
  constexpr std::size_t together = 4;
  std::size_t b = 0;
  for (; b + together <= resampled.size(); b += together) mean_of_resamples.operator()<together>(b);
  for (; b < resampled.size(); ++b) mean_of_resamples.operator()<1>(b);
  const Interval interval = bca_interval(resampled, 0.0, acceleration(deviations), confidence);
  return {mean + interval.lower, mean + interval.upper};
}

Interval abc_mean_interval(std::span<const double> values, double confidence) {
  const double z = normal_quantile_two_sided(confidence);
  if (values.size() < 2) return {nan, nan};
  const Mean mean = mean_of(values);
  const double a = acceleration(values, mean.mean);
  const auto n = static_cast<double>(values.size());
  const double standard_error = mean.standard_error * std::sqrt((n - 1.0) / n);
  double least = values.front();
  double most = values.front();
  for (const double value : values) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
  const auto bound = [&](double w) {
    const double slope = 1.0 - a * w;
    if (slope <= 0.0) return w > 0.0 ? most : least;
    return std::clamp(mean.mean + standard_error * w / (slope * slope), least, most);
  };
  return {bound(a - z), bound(a + z)};
}

Interval bootstrap_mean_interval(std::span<const double> values, double confidence,
                                 const RandomWords& words) {
  return values.size() <= most_resampled_values ? bca_mean_interval(values, confidence, words)
                                                : abc_mean_interval(values, confidence);
}

}  // namespace firesweep
