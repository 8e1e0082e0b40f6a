#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "firesweep/experiment/compared_axes.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/statistics/paired.hpp"

namespace firesweep {

/// Of two scenarios the burn fractions of the second less those of the first, seed by seed. NaN where either is
/// excluded.
struct PairDifference {
  PairedDifference mean;
  Interval mean_bounds;                      ///< if all runs that are not ok had gone either way
  std::vector<PairedExceedance> exceedance;  ///< shape (thresholds)
  std::vector<Interval> exceedance_bounds;   ///< shape (thresholds)
};

/// The same of what they take of a set of assets.
struct LossDifference {
  PairedExceedance hit{};  ///< of the shares of runs that take any
  PairDifference loss;     ///< of what they take [unit of the set], over its thresholds
};

/// The values of an axis compared two by two, all other coordinates held.
struct AxisDifferences {
  std::size_t axis = 0;                     ///< index of Experiment::axes
  std::vector<AxisPair> pairs;              ///< all there are, in the order of the values
  std::vector<PairDifference> between;      ///< shape (lengths of the other axes.., pairs)
  std::vector<PairDifference> given_start;  ///< the same over the seeds whose fires started in both
  std::vector<LossDifference> losses{};     ///< shape (lengths of the other axes.., pairs, sets of assets)
  /// Of what burns in a year [year-1], shape (lengths of the other axes that the season keeps.., pairs); none unless it
  /// keeps this one.
  std::vector<PairedDifference> years{};
  /// Of what is lost in a year [unit of the set year-1], shape (as above.., sets of assets).
  std::vector<PairedDifference> loss_years{};
};

/// Compares two scenarios, whose values [share] are in the order of the same seeds, shape (seeds) each, NaN unless ok:
/// over the thresholds and with the confidence of `choices`. Of values that are not as many, as an excluded scenario
/// has none, nothing is known.
/// Values lie between 0 and `most`.
PairDifference compare_values(std::span<const double> first, std::span<const double> second,
                              const OutputChoices& choices, double most = 1.0);

/// The same of what two scenarios take of a set of assets [unit of the set, NaN unless ok].
LossDifference compare_losses(std::span<const double> first, std::span<const double> second,
                              const Assets& assets, const OutputChoices& choices);

}  // namespace firesweep
