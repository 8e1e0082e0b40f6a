#include "firesweep/statistics/quantile.hpp"

#include <cstddef>

#include <boost/sort/spreadsort/float_sort.hpp>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/nan.hpp"

#include "distributions.hpp"
#include "order_statistics.hpp"

namespace firesweep {

void sort_values(std::span<double> values) {
  boost::sort::spreadsort::float_sort(values.begin(), values.end());
}

double quantile(std::span<const double> sorted, double q) {
  expects_share(q);
  if (sorted.empty()) return nan;
  return quantile_of(sorted.size(), q, [&](std::size_t i) { return sorted[i]; });
}

Interval quantile_interval(std::span<const double> sorted, double q, double confidence, double lowest,
                           double highest) {
  expects_share(q);
  expects(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
  if (sorted.empty()) return {nan, nan};
  if (q == 1.0) return {sorted.back(), highest};  // all lie below, which Boost 1.74 does not know
  const Binomial below(static_cast<double>(sorted.size()), q);
  const double tail = tail_of(confidence);
  const auto lower_rank = static_cast<std::size_t>(boost::math::quantile(below, tail));
  const auto upper_rank = static_cast<std::size_t>(boost::math::quantile(complement(below, tail))) + 1;
  return {lower_rank == 0 ? lowest : sorted[lower_rank - 1],
          upper_rank > sorted.size() ? highest : sorted[upper_rank - 1]};
}

double conditional_value_at_risk(std::span<const double> sorted, double q) {
  expects_share(q);
  if (sorted.empty()) return nan;
  return conditional_value_at_risk_of(sorted.size(), q, [&](std::size_t i) { return sorted[i]; });
}

}  // namespace firesweep
