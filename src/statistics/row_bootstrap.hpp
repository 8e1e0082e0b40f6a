#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "firesweep/statistics/bootstrap.hpp"
#include "firesweep/statistics/estimated.hpp"

/// What estimators of sampled designs have in common: rows of samples, seeds that all samples share, and intervals over
/// both.
namespace firesweep {

/// The rows of a design all of whose runs are ok, of values of shape (rows, per row, seeds).
class DesignRows {
 public:
  /// NaN is not ok. `values` must outlive this.
  DesignRows(std::span<const double> values, std::size_t per_row, std::size_t seeds);

  std::size_t size() const { return rows_.size(); }
  std::size_t dropped() const { return dropped_; }
  std::size_t per_row() const { return per_row_; }
  std::size_t seeds() const { return seeds_; }

  /// The number in the design of the i-th row that is used, and the runs of one of its samples, shape (seeds).
  std::size_t number(std::size_t i) const { return rows_[i]; }
  std::span<const double> runs(std::size_t i, std::size_t place) const {
    return values_.subspan((rows_[i] * per_row_ + place) * seeds_, seeds_);
  }

 private:
  std::span<const double> values_;
  std::size_t per_row_;
  std::size_t seeds_;
  std::vector<std::size_t> rows_;
  std::size_t dropped_ = 0;
};

/// A seed that is left out, or none.
using LeftOut = std::optional<std::size_t>;

/// The mean over seeds of values, with what the few there are add to its square: their sample variance over their number.
class SeedMean {
 public:
  /// `values`, shape (seeds), must outlive this.
  explicit SeedMean(std::span<const double> values);

  double mean(LeftOut seed) const;
  double noise(LeftOut seed) const;  ///< NaN for fewer than two seeds

 private:
  std::span<const double> values_;
  double mean_ = 0.0;
  double squares_ = 0.0;  // of deviations from it
};

/// What the samples of these places in their rows are on average at each seed, shape (seeds).
std::vector<double> seed_means(const DesignRows& rows, std::size_t first_place, std::size_t places);

/// What few seeds add to the square of how the mean over `runs` deviates from that of `common`, both of shape (seeds).
double noise_of_deviation(std::span<const double> runs, std::span<const double> common, LeftOut seed);

/// Means, spread and chance over the samples of these places in their rows. See DesignSpread.
DesignSpread spread_of(const DesignRows& rows, std::size_t first_place, std::size_t places);

/// What estimates are made of, a number of sums over rows: add(i, seed, sums) adds those of the i-th row.
struct RowSums {
  std::size_t rows;
  std::size_t seeds;
  std::size_t sums;
  std::function<void(std::size_t row, LeftOut seed, std::span<double> sums)> add;
};

/// Estimates from such sums.
using FromSums = std::function<std::vector<double>(std::span<const double> sums)>;

/// Estimates with intervals that allow for the choice of the rows and for that of the seeds: percentiles of
/// bootstrap_resamples resamples of the rows, each moved by what resampled seeds do to the estimate by their jackknife
/// influences, -(R - 1) (estimate without a seed - mean of these), times sqrt(R / (R - 1)) for R seeds and by how much
/// Student's quantile of R - 1 exceeds the normal one, as that few seeds tell little of their own spread. Rows alone cover
/// too little where seeds do other things to other samples; with both, intervals of 95 % cover in 90 to 99 % of ensembles
/// from five seeds on, and as little as 78 % with three (tests/bench/design_coverage.txt), but for sizes of Morris' effects
/// that are small beside noise.
/// NaN for fewer than two rows or three seeds.
/// Over 1000 rows the bootstrap draws from 1000 groups of consecutive rows of (nearly) equal size.
std::vector<Estimated> estimates_from(const RowSums& sums, const FromSums& estimate, double confidence,
                                      const RandomWords& words);

}  // namespace firesweep
