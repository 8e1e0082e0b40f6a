#include "firesweep/statistics/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "firesweep/check/contract.hpp"

#include "distributions.hpp"

namespace firesweep {

namespace {
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void expects_share(double q) {
  expects(q >= 0.0 && q <= 1.0, "a quantile's probability lies in [0, 1]");
}
}  // namespace

double quantile(std::span<const double> sorted, double q) {
  expects_share(q);
  if (sorted.empty()) return nan;
  const double position = static_cast<double>(sorted.size() - 1) * q;
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], position - std::floor(position));
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
  const auto n = static_cast<double>(sorted.size());
  const auto rank = std::clamp<std::size_t>(static_cast<std::size_t>(std::ceil(n * q)), 1, sorted.size());
  const double value_at_risk = sorted[rank - 1];
  double excess = 0.0;
  for (const double value : sorted.subspan(rank)) excess += value - value_at_risk;
  // Where nothing lies above, the share may be nothing as well.
  return excess > 0.0 ? value_at_risk + excess / (n * (1.0 - q)) : value_at_risk;
}

}  // namespace firesweep
