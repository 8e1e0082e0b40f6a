#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "firesweep/statistics/mean.hpp"

namespace firesweep {

/// Difference of two scenarios whose runs share their seeds (common random numbers).
struct PairedDifference {
  Mean difference;    ///< first - second, over the seeds that are ok in both: their number is its count
  Interval interval;  ///< Student's t
  double variance_reduction = 0.0;  ///< (var first + var second) / var(first - second): independent runs that
                                    ///< would be needed for each paired one. 1 if neither varies, infinite if
                                    ///< both do and their difference does not; below 1 if pairing has cost
  double correlation = 0.0;         ///< Pearson's; NaN if either does not vary
};

/// Compares two scenarios seed by seed, values in the order of their seeds, shape (seeds) each; seeds whose
/// value is NaN (run not ok) in either are left out. 0 < confidence < 1. Everything is NaN for no common
/// seed, everything but the mean for one. Where fewer than some ten seeds differ much, as they may under
/// common random numbers, the interval covers less than it says; where none differs it has no width.
///
/// Source: Student, "The probable error of a mean", Biometrika 6 (1908) 1-25; A. M. Law, Simulation Modeling
/// and Analysis, 5th ed., 2015, section 11.2 (common random numbers).
PairedDifference paired_difference(std::span<const double> first, std::span<const double> second,
                                   double confidence);

/// Difference of two exceedance probabilities, P(first > threshold) - P(second > threshold), by common seeds.
struct PairedExceedance {
  std::size_t count = 0;    ///< seeds that are ok in both
  double difference = 0.0;  ///< NaN for none
  Interval interval;
};

/// Compares how often two scenarios exceed a threshold; seeds as for paired_difference. The interval is
/// share_difference_interval's.
PairedExceedance paired_exceedance(std::span<const double> first, std::span<const double> second,
                                   double threshold, double confidence);

/// Interval of the mean of differences of shares, each in [-1, 1]: that of Wald after two pairs have been
/// added, with the differences 1 and -1, cut to [-1, 1]. Unlike Student's it has a width where no pair
/// differs. NaN for no values; 0 < confidence < 1.
///
/// Source: D. G. Bonett, R. M. Price, "Adjusted Wald confidence interval for a difference of binomial
/// proportions based on paired data", J. Educ. Behav. Stat. 37 (2012) 479-488.
Interval share_difference_interval(std::span<const double> differences, double confidence);

/// The same of so many pairs, in which something holds of the first alone (a difference of 1), of the second alone (-1), or
/// of both or neither: for many counts, as of the cells of a map.
class ShareDifferenceInterval {
 public:
  ShareDifferenceInterval(std::uint64_t pairs, double confidence);

  /// first_alone + second_alone <= pairs.
  Interval operator()(std::uint64_t first_alone, std::uint64_t second_alone) const;

 private:
  double pairs_;
  double z_;
};

}  // namespace firesweep
