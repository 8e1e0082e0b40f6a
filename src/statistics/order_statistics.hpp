#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "firesweep/check/contract.hpp"

namespace firesweep {

inline void expects_share(double q) {
  expects(q >= 0.0 && q <= 1.0, "a quantile's probability lies in [0, 1]");
}

/// quantile() of `count` > 0 values; at(i) is the i-th smallest of them, counted from 0.
template <typename At>
double quantile_of(std::size_t count, double q, At&& at) {
  const double position = static_cast<double>(count - 1) * q;
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, count - 1);
  return std::lerp(at(below), at(above), position - std::floor(position));
}

/// conditional_value_at_risk() of `count` > 0 values; at(i) is the i-th smallest of them, counted from 0.
template <typename At>
double conditional_value_at_risk_of(std::size_t count, double q, At&& at) {
  const auto n = static_cast<double>(count);
  const auto rank = std::clamp<std::size_t>(static_cast<std::size_t>(std::ceil(n * q)), 1, count);
  const double value_at_risk = at(rank - 1);
  double excess = 0.0;
  for (std::size_t i = rank; i < count; ++i) excess += at(i) - value_at_risk;
  // Where nothing lies above, the share may be nothing as well.
  return excess > 0.0 ? value_at_risk + excess / (n * (1.0 - q)) : value_at_risk;
}

}  // namespace firesweep
