#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "firesweep/ensemble/asset_estimates.hpp"
#include "firesweep/ensemble/design_effects.hpp"
#include "firesweep/ensemble/differences.hpp"
#include "firesweep/ensemble/results.hpp"
#include "firesweep/ensemble/summary.hpp"
#include "firesweep/statistics/season.hpp"
#include "firesweep/statistics/sensitivity.hpp"

namespace firesweep {

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
  std::vector<AxisDifferences> differences;      ///< of the axes that are compared
  std::optional<AxisSensitivities> sensitivity;  ///< if two axes or more have two values or more
  std::optional<AxisSensitivities> sensitivity_given_start;  ///< the same over seeds whose fires all started
  std::vector<AssetEstimate> assets;                         ///< shape (scenarios, sets of assets)
  std::vector<SeasonEstimate> years;   ///< of burn fractions, as seasons_of; none without a season
  std::vector<AssetYear> asset_years;  ///< shape (years, sets of assets)
  std::vector<DesignEffects> design;   ///< of a design, as design_effects()
  std::vector<CurveBands> bands;       ///< of the scenarios' runs; empty unless their curves are kept
};

/// So many copies of the numbers of one scenario's runs exist at most while estimates are made, if they are large.
inline constexpr std::size_t estimated_copies = 3;

/// Estimates from the runs there are, made by so many threads at most. The same runs give the same bits, whatever their
/// history and the threads.
Estimates estimate(const Results& results, unsigned threads = 1);

}  // namespace firesweep
