#include "firesweep/statistics/interval.hpp"

#include <cmath>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/nan.hpp"

#include "distributions.hpp"

namespace firesweep {

double normal_quantile_two_sided(double confidence) {
  expects(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
  return quantile(complement(Normal(), tail_of(confidence)));
}

Interval wilson_interval(std::uint64_t successes, std::uint64_t trials, double confidence) {
  expects(successes <= trials, "no more successes than trials");
  const double z = normal_quantile_two_sided(confidence);
  if (trials == 0) {
    return {nan, nan};
  }
  const auto n = static_cast<double>(trials);
  const auto k = static_cast<double>(successes);
  const double centre = k + 0.5 * z * z;
  const double half = z * std::sqrt(k * (n - k) / n + 0.25 * z * z);
  // The lower root comes from the product of the roots: centre - half would cancel, and miss 0 for no
  // successes.
  const double lower = k * k / n / (centre + half);
  const double upper = successes == trials ? 1.0 : (centre + half) / (n + z * z);
  return {lower, upper};
}

Interval newcombe_interval(double first, const Interval& of_first, double second, const Interval& of_second) {
  const double difference = first - second;
  return {difference - std::hypot(first - of_first.lower, of_second.upper - second),
          difference + std::hypot(of_first.upper - first, second - of_second.lower)};
}

}  // namespace firesweep
