#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "firesweep/statistics/bootstrap.hpp"
#include "firesweep/statistics/estimated.hpp"

namespace firesweep {

/// Sobol' indices of one parameter: shares of the variance of the expected value.
struct SobolIndex {
  Estimated first_order;
  double first_order_uncorrected = nan;  ///< of the means that there are, their noise in it
  Estimated total;
  double total_uncorrected = nan;
};

struct SobolIndices {
  DesignSpread spread;                 ///< of A and B
  std::vector<SobolIndex> parameters;  ///< shape (parameters)
  std::vector<Estimated>
      second_order;  ///< of parameters i < j, shape (d (d - 1) / 2); empty unless asked for
};

/// Values of a design of rows A, B, A_B^1 .. A_B^d, and with second order B_A^1 .. B_A^d, shape (rows, d + 2 or 2 d + 2,
/// seeds); NaN where a run is not ok, whose row is left out. All samples share their seeds.
struct SobolDesign {
  std::span<const double> values;
  std::size_t parameters;
  bool has_second_order;
  std::size_t seeds;
};

/// Indices of the expected value, the mean over endless seeds, by Jansen's estimators: with y a mean over R seeds and V
/// the variance of A and B, total = mean (y_A - y_ABi)^2 / 2 V and first order = 1 - mean (y_B - y_ABi)^2 / 2 V.
///
/// A mean over few seeds is noisy, which adds to every square of a difference its sample variance over seeds / R. As the
/// seeds are the same, this is the variance of the seed-paired difference, in which what a seed does to all samples alike
/// cancels; a sum of separate variances would correct too much. It is taken out of each square, and of V, whose deviations
/// are likewise from the mean of all samples at the seed. Of second order, mean (y_BAi y_ABj - y_A y_B) / V less both
/// first-order indices, products are over pairs of different seeds instead. Indices are as estimated, and may lie below 0
/// or above 1; without any variance, and corrected ones with one seed, they are NaN. For intervals see
/// src/statistics/row_bootstrap.hpp; there are none for fewer than three seeds.
///
/// Source: M. J. W. Jansen, "Analysis of variance designs for model output", Comput. Phys. Commun. 117 (1999) 35-43;
/// A. Saltelli, "Making best use of model evaluations to compute sensitivity indices", Comput. Phys. Commun. 145 (2002)
/// 280-297.
SobolIndices sobol_indices(const SobolDesign& design, double confidence, const RandomWords& words);

}  // namespace firesweep
