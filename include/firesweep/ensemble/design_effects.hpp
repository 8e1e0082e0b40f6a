#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "firesweep/ensemble/results.hpp"
#include "firesweep/experiment/design.hpp"
#include "firesweep/statistics/bootstrap.hpp"
#include "firesweep/statistics/estimated.hpp"
#include "firesweep/statistics/nan.hpp"

namespace firesweep {

/// What one parameter of a design does to a quantity. Of these a design's method tells some, see design_arrays.hpp; the
/// others stay NaN.
struct ParameterEffect {
  Estimated first_order;                 ///< Sobol' indices of the expected value
  double first_order_uncorrected = nan;  ///< with the noise of the means in it
  Estimated total;
  double total_uncorrected = nan;
  Estimated mean_effect;  ///< Morris: mu, per range of the parameter's distribution [unit of the quantity]
  Estimated mean_absolute_effect;  ///< mu*
  Estimated inert_effect;          ///< mu* of a parameter without any effect; without interval
  Estimated effect_sd;             ///< sigma
  Estimated regression;            ///< standardised coefficients
  Estimated rank_regression;       ///< of ranks
  Estimated partial_rank_correlation;
};

/// What the parameters of a design do to a quantity, the other axes of the matrix held.
struct DesignEffects {
  double rows = nan;                ///< of the design that are used
  double rows_dropped = nan;        ///< of which a run is not ok
  double mean = nan;                ///< over samples and seeds
  double standard_deviation = nan;  ///< of the expected value over samples
  double chance = nan;     ///< share of the variance of single fires that lies between the seeds of a sample
  double r_squared = nan;  ///< share of the variance of the expected value that the regression explains
  double rank_r_squared = nan;
  std::vector<ParameterEffect> parameters;  ///< shape (parameters)
  std::vector<Estimated>
      second_order;  ///< shape (pairs of parameters), as pairs_of(); empty unless asked for
};

/// What the effects of a design are on: the burn fraction, whether it exceeds each threshold, and what is lost of each set
/// of assets, by name: "burn_fraction", "exceedance_0.1", "houses_lost".
std::vector<std::string> design_quantities(const Experiment& experiment);

/// The effects of every quantity for each combination of the other axes, shape (combinations, quantities); none without a
/// design. Used are rows all of whose runs are ok.
std::vector<DesignEffects> design_effects(const Results& results, const RandomWords& words);

}  // namespace firesweep
