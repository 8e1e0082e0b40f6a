#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "firesweep/engine/record.hpp"
#include "firesweep/ensemble/run_columns.hpp"
#include "firesweep/ensemble/summary.hpp"
#include "firesweep/experiment/assets.hpp"
#include "firesweep/statistics/season.hpp"

namespace firesweep {

/// How often fires reach a set of assets, and how soon.
struct AssetHits {
  double share = nan;               ///< of the runs ok, those that took any
  Interval share_ci{nan, nan};      ///< Wilson
  Interval share_bounds{nan, nan};  ///< if all runs that are not ok had gone either way
  std::vector<double> arrival;  ///< quantiles of the first step of arrival of those runs, shape (quantiles)
};

/// What is estimated of one set of assets in one scenario.
struct AssetEstimate {
  AssetHits hits;
  Summary loss;  ///< of what runs took, in place of burn fractions [unit of the set]
};

/// What is estimated of one set of assets in a year of fires.
struct AssetYear {
  SeasonExceedance hit;  ///< of fires that take any
  SeasonEstimate loss;   ///< of what fires take, in place of burn fractions [unit of the set]
};

/// Estimates a year of losses from parts whose values are what runs took of the set [unit].
AssetYear estimate_year(std::span<const SeasonPart> parts, const Assets& assets,
                        std::span<const double> return_periods, double confidence, const RandomWords& words);

/// One with a place for every estimate, all NaN.
AssetYear unknown_asset_year(const Assets& assets, std::size_t return_periods);

/// Estimates from what the runs of a scenario took of a set, in the order of their seeds [unit, NaN unless ok], and the
/// first steps at which they did [step, NaN where they took nothing].
AssetEstimate estimate_loss(std::span<const double> lost, std::span<const double> arrival,
                            const Assets& assets, const OutputChoices& choices, const RandomWords& words);

/// One with a place for every estimate, all NaN.
AssetEstimate unknown_asset_estimate(const Assets& assets, std::size_t quantiles);

/// What runs took of the set of that number, of `sets` in all, in the order of their seeds [unit, NaN unless ok].
std::vector<double> lost_values(const RunRows& records, std::span<const AssetLoss> losses, std::size_t set,
                                const std::vector<Assets>& sets);

/// The first steps at which they did, NaN where they took nothing.
std::vector<double> arrival_values(const RunRows& records, std::span<const AssetLoss> losses, std::size_t set,
                                   std::size_t sets);

}  // namespace firesweep
