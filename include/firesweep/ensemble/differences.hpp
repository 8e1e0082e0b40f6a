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

/// The values of an axis compared two by two, all other coordinates held.
struct AxisDifferences {
  std::size_t axis = 0;                     ///< index of Experiment::axes
  std::vector<AxisPair> pairs;              ///< all there are, in the order of the values
  std::vector<PairDifference> between;      ///< shape (lengths of the other axes.., pairs)
  std::vector<PairDifference> given_start;  ///< the same over the seeds whose fires started in both
};

/// Compares two scenarios, whose values [share] are in the order of the same seeds, shape (seeds) each, NaN unless ok:
/// over the thresholds and with the confidence of `choices`. Of values that are not as many, as an excluded scenario
/// has none, nothing is known.
PairDifference compare_values(std::span<const double> first, std::span<const double> second,
                              const OutputChoices& choices);

}  // namespace firesweep
