#include "firesweep/statistics/sample_regression.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "row_bootstrap.hpp"

namespace firesweep {
namespace {

/// The values of each parameter, shape (parameters, samples).
using Columns = std::vector<std::vector<double>>;

std::vector<double> ranks_of(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first;
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    for (std::size_t i = first; i < end; ++i)
      ranks[order[i]] = 0.5 * static_cast<double>(first + end + 1);  // of first + 1 .. end
    first = end;
  }
  return ranks;
}

/// Of the deviations from their mean.
double variance_of(std::span<const double> values) {
  const auto count = static_cast<double>(values.size());
  double mean = 0.0;
  for (const double value : values) mean += value / count;
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return squares / count;
}

/// Sums are better for numbers around 0 of size 1.
void standardise(std::span<double> values) {
  const double deviation = std::sqrt(variance_of(values));
  double mean = 0.0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (double& value : values) value = (value - mean) / (deviation > 0.0 ? deviation : 1.0);
}

/// The solution of a least-squares fit of standardised columns.
struct Fit {
  std::vector<double> coefficients;
  std::vector<double> inverse_diagonal;  ///< of the matrix of correlations
  double explained;                      ///< R^2
};

/// Fits by the Cholesky factor of the correlations, shape (d, d), of parameters, and those with the outcome, shape (d).
/// Nothing if the parameters depend on each other.
std::optional<Fit> fit_of(std::vector<double> correlations, const std::vector<double>& with_outcome) {
  const std::size_t d = with_outcome.size();
  constexpr double least_pivot = 1e-9;
  const auto at = [&](std::size_t i, std::size_t j) -> double& { return correlations[i * d + j]; };
  for (std::size_t j = 0; j < d; ++j) {
    for (std::size_t k = 0; k < j; ++k) at(j, j) -= at(j, k) * at(j, k);
    if (!(at(j, j) > least_pivot)) return std::nullopt;
    at(j, j) = std::sqrt(at(j, j));
    for (std::size_t i = j + 1; i < d; ++i) {
      for (std::size_t k = 0; k < j; ++k) at(i, j) -= at(i, k) * at(j, k);
      at(i, j) /= at(j, j);
    }
  }
  const auto solved = [&](std::vector<double> right) {
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t k = 0; k < i; ++k) right[i] -= at(i, k) * right[k];
      right[i] /= at(i, i);
    }
    for (std::size_t i = d; i-- > 0;) {
      for (std::size_t k = i + 1; k < d; ++k) right[i] -= at(k, i) * right[k];
      right[i] /= at(i, i);
    }
    return right;
  };
  Fit fit{solved(with_outcome), {}, 0.0};
  for (std::size_t k = 0; k < d; ++k) {
    std::vector<double> unit(d, 0.0);
    unit[k] = 1.0;
    fit.inverse_diagonal.push_back(solved(std::move(unit))[k]);
    fit.explained += fit.coefficients[k] * with_outcome[k];
  }
  return fit;
}

/// Sums over samples: a count, of each of the d + 1 columns (the outcome last) a sum, of each two of them a product.
class Products {
 public:
  explicit Products(std::size_t columns) : columns_(columns) {}

  std::size_t count() const { return 1 + columns_ + columns_ * (columns_ + 1) / 2; }

  void add(std::span<const double> row, std::span<double> sums) const {
    sums[0] += 1.0;
    std::size_t at = 1 + columns_;
    for (std::size_t i = 0; i < columns_; ++i) {
      sums[1 + i] += row[i];
      for (std::size_t j = 0; j <= i; ++j) sums[at++] += row[i] * row[j];
    }
  }

  /// Of two columns, j <= i.
  double covariance(std::span<const double> sums, std::size_t i, std::size_t j) const {
    return sums[1 + columns_ + i * (i + 1) / 2 + j] / sums[0] -
           sums[1 + i] * sums[1 + j] / (sums[0] * sums[0]);
  }

  std::optional<Fit> fit(std::span<const double> sums) const {
    const std::size_t d = columns_ - 1;
    const auto covariance = [&](std::size_t i, std::size_t j) { return this->covariance(sums, i, j); };
    std::vector<double> scale(columns_);
    constexpr double nothing = 1e-12;
    for (std::size_t i = 0; i < columns_; ++i) {
      if (!(covariance(i, i) > nothing)) return std::nullopt;
      scale[i] = std::sqrt(covariance(i, i));
    }
    std::vector<double> correlations(d * d);
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = 0; j <= i; ++j)
        correlations[i * d + j] = correlations[j * d + i] = covariance(i, j) / (scale[i] * scale[j]);
    std::vector<double> with_outcome(d);
    for (std::size_t i = 0; i < d; ++i) with_outcome[i] = covariance(d, i) / (scale[d] * scale[i]);
    return fit_of(std::move(correlations), with_outcome);
  }

 private:
  std::size_t columns_;
};

/// Coefficients times a scale, and after them partial correlations: b^2 / (b^2 + (1 - R^2) c), c of the inverse's diagonal.
std::vector<double> effects_of(const std::optional<Fit>& fit, std::size_t parameters, double scale) {
  if (!fit) return std::vector<double>(2 * parameters, nan);
  std::vector<double> found;
  for (const double coefficient : fit->coefficients) found.push_back(coefficient * scale);
  for (std::size_t k = 0; k < parameters; ++k) {
    const double square = fit->coefficients[k] * fit->coefficients[k];
    const double left = std::max(0.0, 1.0 - fit->explained) * fit->inverse_diagonal[k];
    found.push_back(
        square + left > 0.0 ? std::copysign(std::sqrt(square / (square + left)), fit->coefficients[k]) : nan);
  }
  return found;
}

double adjusted(double explained, double samples, double parameters) {
  return 1.0 - (1.0 - explained) * (samples - 1.0) / (samples - parameters - 1.0);
}

/// What samples came to on average over seeds.
std::vector<double> means_of(const DesignRows& rows, LeftOut seed) {
  std::vector<double> means(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) means[i] = SeedMean(rows.runs(i, 0)).mean(seed);
  return means;
}

/// The regression of means over seeds on columns, or of ranks on ranks; all are standardised.
class Regression {
 public:
  enum class Of : std::uint8_t { values, ranks };

  Regression(const DesignRows& rows, Columns inputs, Of of)
      : rows_(rows),
        inputs_(std::move(inputs)),
        of_(of),
        products_(inputs_.size() + 1),
        common_(seed_means(rows, 0, 1)) {
    for (std::vector<double>& column : inputs_) {
      if (of_ == Of::ranks) column = ranks_of(column);
      standardise(column);
    }
    outcomes_.push_back(outcome({}));
    for (std::size_t seed = 0; seed < rows_.seeds() && rows_.seeds() > 2; ++seed)
      outcomes_.push_back(outcome(seed));
  }

  std::vector<Estimated> estimates(double confidence, const RandomWords& words) const {
    const RowSums sums{
        rows_.size(), rows_.seeds(), products_.count() + 1,
        [this](std::size_t row, LeftOut seed, std::span<double> into) { add(row, seed, into); }};
    const auto effects = [this](std::span<const double> of_rows) {
      const double variance = products_.covariance(of_rows, inputs_.size(), inputs_.size());
      const double expected = variance - of_rows.back() / of_rows.front();
      return effects_of(products_.fit(of_rows), inputs_.size(),
                        expected > 0.0 ? std::sqrt(variance / expected) : nan);
    };
    return estimates_from(sums, effects, confidence, words);
  }

  /// R^2, adjusted; NaN where there is no fit.
  double explained() const {
    std::vector<double> sums(products_.count() + 1, 0.0);
    for (std::size_t row = 0; row < rows_.size(); ++row) add(row, {}, sums);
    const std::optional<Fit> fit = products_.fit(sums);
    return fit ? adjusted(fit->explained, static_cast<double>(rows_.size()),
                          static_cast<double>(inputs_.size()))
               : nan;
  }

 private:
  struct Outcomes {
    std::vector<double> standardised;  ///< shape (samples)
    std::vector<double> noise;         ///< what few seeds add to the square of each
  };

  /// Adds the products, and last the noise.
  void add(std::size_t row, LeftOut seed, std::span<double> sums) const {
    std::vector<double> columns;
    for (const std::vector<double>& column : inputs_) columns.push_back(column[row]);
    const Outcomes& outcomes = outcomes_[seed ? 1 + *seed : 0];
    columns.push_back(outcomes.standardised[row]);
    products_.add(columns, sums);
    sums.back() += outcomes.noise[row];
  }

  Outcomes outcome(LeftOut seed) const {
    Outcomes found{means_of(rows_, seed), std::vector<double>(rows_.size(), 0.0)};
    if (of_ == Of::ranks) found.standardised = ranks_of(found.standardised);
    const double variance = variance_of(found.standardised);
    const bool is_noise_known = of_ == Of::values && variance > 0.0 && rows_.seeds() > (seed ? 2U : 1U);
    for (std::size_t i = 0; i < rows_.size() && is_noise_known; ++i)
      found.noise[i] = noise_of_deviation(rows_.runs(i, 0), common_, seed) / variance;
    standardise(found.standardised);
    return found;
  }

  const DesignRows& rows_;
  Columns inputs_;
  Of of_;
  Products products_;
  std::vector<double> common_;      // what all samples are at a seed
  std::vector<Outcomes> outcomes_;  // of all seeds, then without each of them
};

}  // namespace

SampleRegression sample_regression(std::span<const double> inputs, std::span<const double> values,
                                   std::size_t parameters, std::size_t seeds, double confidence,
                                   const RandomWords& words) {
  const DesignRows rows(values, 1, seeds);
  SampleRegression found{.spread = spread_of(rows, 0, 1), .parameters = {}};
  found.parameters.resize(parameters);
  if (rows.size() < parameters + 2) return found;
  Columns columns(parameters, std::vector<double>(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t k = 0; k < parameters; ++k) columns[k][i] = inputs[rows.number(i) * parameters + k];
  const Regression of_values(rows, columns, Regression::Of::values);
  const Regression of_ranks(rows, std::move(columns), Regression::Of::ranks);
  const std::vector<Estimated> coefficients = of_values.estimates(confidence, words);
  const std::vector<Estimated> of_rank = of_ranks.estimates(confidence, words);
  for (std::size_t k = 0; k < parameters; ++k)
    found.parameters[k] = {coefficients[k], of_rank[k], of_rank[parameters + k]};
  const double expected = found.spread.standard_deviation * found.spread.standard_deviation;
  const double explained = of_values.explained() * variance_of(means_of(rows, {})) / expected;
  if (expected > 0.0 && !std::isnan(explained)) found.r_squared = std::min(1.0, explained);
  found.rank_r_squared = of_ranks.explained();
  return found;
}

}  // namespace firesweep
