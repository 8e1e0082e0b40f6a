#pragma once

#include <cstddef>
#include <span>

#include "firesweep/statistics/mean.hpp"

namespace firesweep {

/// How often a fire escapes, and how large it is then.
struct Escape {
  double border = 0.0;            ///< a fire escapes if it burns more than this
  std::size_t count = 0;          ///< values, NaN left out
  double probability = 0.0;       ///< share of values over the border; NaN for none
  Interval probability_interval;  ///< Wilson
  Mean size;                      ///< of the values over the border: their number is `size.count`
  Interval size_interval;         ///< Student's t; NaN for fewer than two values over the border
};

/// Probability of escape and size given escape, of burn fractions in the order of their seeds; values that
/// are NaN (runs not ok) are left out. 0 < confidence < 1.
///
/// The mean given escape is a ratio, sum of the sizes over number of escapes, both random. Given the number
/// of escapes the sizes are independent values of the conditional distribution, so the t interval of those
/// values, with their own number less one degrees of freedom, covers for any number there may be: no further
/// term is due. (The ratio's linearised variance is the same but for a factor (k - 1) / k of k escapes.)
///
/// `border` counts as known. With that of mode_split, which the same values decide, the intervals do not know
/// that it could lie elsewhere; where few values lie near it, that is little.
///
/// Source: W. G. Cochran, Sampling Techniques, 3rd ed., 1977, section 2.12 (means over subpopulations).
Escape escape_above(std::span<const double> values, double border, double confidence);

}  // namespace firesweep
