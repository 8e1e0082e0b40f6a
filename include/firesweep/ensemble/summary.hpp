#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "firesweep/engine/record.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/statistics/mean.hpp"
#include "firesweep/statistics/modes.hpp"

namespace firesweep {

/// Estimates from the burn fractions of one scenario.
struct Summary {
  std::size_t runs_ok = 0;
  Mean mean;
  Interval mean_ci;
  std::vector<double> quantile;         ///< shape (quantiles)
  std::vector<Interval> quantile_ci;    ///< shape (quantiles)
  std::vector<double> cvar;             ///< mean of the worst (1 - q) share, shape (quantiles)
  std::vector<double> exceedance;       ///< share of runs over the threshold, shape (thresholds)
  std::vector<Interval> exceedance_ci;  ///< Wilson, shape (thresholds)
  std::optional<ModeSplit> modes;       ///< if the distribution is bimodal
};

/// Summarises burn fractions given in the order of their seeds; values that are NaN (runs not ok) are left
/// out.
Summary summarise(std::span<const double> burn_fractions, const OutputChoices& choices);

/// Burn fractions of a scenario's records over `cells` cells, NaN unless ok, in the order of their seeds.
std::vector<double> burn_fractions(std::span<const RunRecord> records, std::uint64_t cells);

}  // namespace firesweep
