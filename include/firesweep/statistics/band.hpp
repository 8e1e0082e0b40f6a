#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace firesweep {

/// Quantiles of curves at each step: of `curves`, shape (runs, steps), those of type 7 in shape (quantiles,
/// steps), 0 <= q <= 1. They are pointwise: no single run need follow a quantile's curve. Values that are NaN
/// (runs not ok) are left out; where none is left, the quantile is NaN. Runs may come in any order. O(runs
/// steps log runs).
std::vector<double> quantile_band(std::span<const double> curves, std::size_t steps,
                                  std::span<const double> quantiles);

}  // namespace firesweep
