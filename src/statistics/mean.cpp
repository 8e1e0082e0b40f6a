#include "firesweep/statistics/mean.hpp"

#include <cmath>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/nan.hpp"

#include "distributions.hpp"

namespace firesweep {

Mean mean_of(std::span<const double> values) {
  if (values.empty()) return {0, nan, nan, nan};
  const auto n = static_cast<double>(values.size());

  // Summing differences from the first value makes the mean of equal values exact.
  double sum = 0.0;
  for (const double value : values) sum += value - values.front();
  const double mean = values.front() + sum / n;
  if (values.size() == 1) return {1, mean, nan, nan};

  // The differences would add up to zero if the mean were not rounded; their sum takes the rounding out
  // again. Source: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for computing the sample variance",
  // Am. Stat. 37 (1983) 242-247, the corrected two-pass algorithm.
  double squares = 0.0;
  double rest = 0.0;
  for (const double value : values) {
    const double difference = value - mean;
    squares += difference * difference;
    rest += difference;
  }
  const double deviation = std::sqrt(std::fmax(0.0, squares - rest * rest / n) / (n - 1.0));
  return {values.size(), mean, deviation, deviation / std::sqrt(n)};
}

Interval mean_interval(const Mean& mean, double confidence) {
  expects(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
  if (mean.count < 2) return {nan, nan};
  const StudentsT t(static_cast<double>(mean.count - 1));
  const double half = quantile(complement(t, tail_of(confidence))) * mean.standard_error;
  return {mean.mean - half, mean.mean + half};
}

}  // namespace firesweep
