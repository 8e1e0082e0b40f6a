#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "firesweep/statistics/bootstrap.hpp"
#include "firesweep/statistics/estimated.hpp"

namespace firesweep {

/// Effects of one parameter on the expected value, per whole range of the parameter.
struct ElementaryEffects {
  Estimated mean;                    ///< mu
  Estimated mean_absolute;           ///< mu*
  double mean_absolute_inert = nan;  ///< mu* that a parameter without any effect would have by the same noise
  Estimated standard_deviation;      ///< sigma
};

struct EffectsOfDesign {
  DesignSpread spread;                        ///< of all samples
  std::vector<ElementaryEffects> parameters;  ///< shape (parameters)
};

/// A step of a trajectory: which parameter it moves, and by how much of its range.
struct TrajectoryStep {
  std::size_t parameter;
  double by;
};

/// Elementary effects over trajectories of d + 1 samples, of which each moves one of d parameters: `values` of shape
/// (trajectories, d + 1, seeds), NaN where a run is not ok, whose trajectory is left out; `steps` of shape (trajectories,
/// d). An effect is the difference of two samples over what the parameter moves.
///
/// Means over few seeds are noisy. The mean effect is not biased by that; of the variance of the effects it is taken out
/// (of each effect less the mean of all trajectories at the seed, as what a seed does to all alike does not make them differ),
/// where more than all of it leaves 0; the mean size of effects
/// that are small beside their noise is too large, and its interval does not allow for that: where it is not clearly above
/// that of an inert parameter, sqrt(2 / pi) standard deviations of the noise on average, the effects may be none. With one seed standard deviations
/// are NaN. For intervals see src/statistics/row_bootstrap.hpp; there are none for fewer than three seeds.
///
/// Source: M. D. Morris, "Factorial sampling plans for preliminary computational experiments", Technometrics 33 (1991)
/// 161-174; F. Campolongo, J. Cariboni, A. Saltelli, "An effective screening design for sensitivity analysis of large
/// models", Environ. Model. Softw. 22 (2007) 1509-1518 (mu*).
EffectsOfDesign elementary_effects(std::span<const double> values, std::span<const TrajectoryStep> steps,
                                   std::size_t parameters, std::size_t seeds, double confidence,
                                   const RandomWords& words);

}  // namespace firesweep
