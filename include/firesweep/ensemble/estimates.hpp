#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "firesweep/ensemble/asset_estimates.hpp"
#include "firesweep/ensemble/results.hpp"
#include "firesweep/ensemble/summary.hpp"
#include "firesweep/statistics/paired.hpp"
#include "firesweep/statistics/season.hpp"
#include "firesweep/statistics/sensitivity.hpp"

namespace firesweep {

/// What a change of the danger level does, all other coordinates and the seeds held: the second level less
/// the first. NaN where either scenario is excluded.
struct LevelDifference {
  PairedDifference mean;
  Interval mean_bounds;                      ///< if all runs that are not ok had gone either way
  std::vector<PairedExceedance> exceedance;  ///< shape (thresholds)
  std::vector<Interval> exceedance_bounds;   ///< shape (thresholds)
};

/// Danger levels compared two by two.
struct LevelDifferences {
  struct Pair {
    std::size_t first;   ///< index along the danger levels
    std::size_t second;  ///< a later one
  };
  std::vector<Pair> pairs;                   ///< all there are, in the order of the levels
  std::vector<LevelDifference> between;      ///< shape (lengths of the other axes.., pairs)
  std::vector<LevelDifference> given_start;  ///< the same over the seeds whose fires started at both levels
};

/// What each axis does to the burn fraction, over all scenarios that are not excluded.
struct AxisSensitivities {
  std::vector<std::size_t> axes;        ///< those with two values or more, as indices of Experiment::axes
  Sensitivity mean;                     ///< all axes, as Sensitivity::axes
  std::vector<Sensitivity> exceedance;  ///< the same, shape (thresholds)
};

/// All that is estimated from the runs of an ensemble.
struct Estimates {
  std::vector<Summary> scenarios;                ///< of excluded ones, NaN
  std::vector<Summary> given_start;              ///< the same over the runs in which a fire started
  std::optional<LevelDifferences> differences;   ///< if there are two danger levels or more
  std::optional<AxisSensitivities> sensitivity;  ///< if two axes or more have two values or more
  std::optional<AxisSensitivities> sensitivity_given_start;  ///< the same over seeds whose fires all started
  std::vector<AssetEstimate> assets;                         ///< shape (scenarios, sets of assets)
  std::vector<SeasonEstimate> years;   ///< of burn fractions, as seasons_of; none without a season
  std::vector<AssetYear> asset_years;  ///< shape (years, sets of assets)
  std::vector<CurveBands> bands;       ///< of the scenarios' runs; empty unless their curves are kept
};

/// Estimates from the runs there are. The same runs give the same bits, whatever their history.
Estimates estimate(const Results& results);

}  // namespace firesweep
