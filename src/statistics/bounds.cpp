#include "firesweep/statistics/bounds.hpp"

#include <cmath>
#include <vector>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/nan.hpp"
#include "firesweep/statistics/quantile.hpp"

#include "order_statistics.hpp"

namespace firesweep {

namespace {

/// Calls estimate(count, at) with the values as they were with every unknown one at the lowest, then at the
/// highest; at(i) is the i-th smallest of them.
template <typename Estimate>
Interval either_way(std::span<const double> sorted, std::uint64_t unknown, double lowest, double highest,
                    Estimate&& estimate) {
  const std::size_t count = sorted.size() + unknown;
  if (count == 0) return {nan, nan};
  expects(sorted.empty() || (lowest <= sorted.front() && sorted.back() <= highest),
          "values lie within their limits");
  return {estimate(count, [&](std::size_t i) { return i < unknown ? lowest : sorted[i - unknown]; }),
          estimate(count, [&](std::size_t i) { return i < sorted.size() ? sorted[i] : highest; })};
}

}  // namespace

Interval mean_bounds(const Mean& known, std::uint64_t unknown, double lowest, double highest) {
  if (unknown == 0) return {known.mean, known.mean};
  if (known.count == 0) return {lowest, highest};
  expects(lowest <= known.mean && known.mean <= highest, "a mean lies within the limits of its values");
  const double unknown_share = static_cast<double>(unknown) / static_cast<double>(known.count + unknown);
  return {known.mean + unknown_share * (lowest - known.mean),
          known.mean + unknown_share * (highest - known.mean)};
}

Interval share_bounds(std::uint64_t successes, std::uint64_t trials, std::uint64_t unknown) {
  expects(successes <= trials, "no more successes than trials");
  const auto all = static_cast<double>(trials + unknown);
  return {static_cast<double>(successes) / all, static_cast<double>(successes + unknown) / all};
}

Interval quantile_bounds(std::span<const double> sorted, double q, std::uint64_t unknown, double lowest,
                         double highest) {
  expects_share(q);
  return either_way(sorted, unknown, lowest, highest,
                    [&](std::size_t count, auto&& at) { return quantile_of(count, q, at); });
}

Interval conditional_value_at_risk_bounds(std::span<const double> sorted, double q, std::uint64_t unknown,
                                          double lowest, double highest) {
  expects_share(q);
  return either_way(sorted, unknown, lowest, highest,
                    [&](std::size_t count, auto&& at) { return conditional_value_at_risk_of(count, q, at); });
}

Interval paired_difference_bounds(std::span<const double> first, std::span<const double> second,
                                  double lowest, double highest) {
  expects(first.size() == second.size(), "paired values share their seeds");
  const auto known_or = [](double value, double otherwise) { return std::isnan(value) ? otherwise : value; };
  std::vector<double> least;
  std::vector<double> most;
  for (std::size_t i = 0; i < first.size(); ++i) {
    least.push_back(known_or(first[i], lowest) - known_or(second[i], highest));
    most.push_back(known_or(first[i], highest) - known_or(second[i], lowest));
  }
  return {mean_of(least).mean, mean_of(most).mean};
}

}  // namespace firesweep
