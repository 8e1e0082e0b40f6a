#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "firesweep/statistics/bootstrap.hpp"
#include "firesweep/statistics/estimated.hpp"

namespace firesweep {

/// What a parameter does by regression over samples.
struct RegressionEffect {
  Estimated coefficient;       ///< standard deviations of the expected value for one of the parameter
  Estimated rank_coefficient;  ///< the same of ranks, those of equal values averaged
  Estimated
      partial_rank_correlation;  ///< of ranks, what the other parameters explain linearly taken out of both
};

struct SampleRegression {
  DesignSpread spread;
  double r_squared =
      nan;  ///< share of the variance of the expected value that the regression explains, adjusted for
            ///< the number of its coefficients
  double rank_r_squared = nan;               ///< share of the variance of ranks, adjusted likewise
  std::vector<RegressionEffect> parameters;  ///< shape (parameters)
};

/// Regression of the mean over seeds on the parameters of samples: `inputs` of shape (samples, parameters), `values` of
/// shape (samples, seeds), NaN where a run is not ok, whose sample is left out.
///
/// Noise of the means over few seeds does not bias coefficients of values but for their scale. So it is taken out of the
/// variance by which they are scaled and of which r_squared is a share: that of the deviations from the mean of all samples
/// at the seed, as samples share their seeds. With one seed it is not known: coefficients are then scaled by what the runs
/// vary. It lowers coefficients of ranks, in which it stays. All is NaN where parameters depend on each other linearly, where
/// a parameter or the mean does not vary, or for fewer than d + 2 samples; coefficients of values also where noise is all
/// that varies. For intervals see src/statistics/row_bootstrap.hpp; ranks are those of all
/// samples; there are none for fewer than three seeds.
///
/// Source: A. Saltelli et al., Sensitivity Analysis in Practice, 2004, section 1.2.3 (standardised coefficients); R. L.
/// Iman, W. J. Conover, "The use of the rank transform in regression", Technometrics 21 (1979) 499-509.
SampleRegression sample_regression(std::span<const double> inputs, std::span<const double> values,
                                   std::size_t parameters, std::size_t seeds, double confidence,
                                   const RandomWords& words);

}  // namespace firesweep
