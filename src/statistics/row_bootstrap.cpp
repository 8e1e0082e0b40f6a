#include "row_bootstrap.hpp"

#include <algorithm>
#include <cmath>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/quantile.hpp"

#include "bca.hpp"
#include "distributions.hpp"

namespace firesweep {

DesignRows::DesignRows(std::span<const double> values, std::size_t per_row, std::size_t seeds)
    : values_(values), per_row_(per_row), seeds_(seeds) {
  expects(per_row > 0 && seeds > 0 && values.size() % (per_row * seeds) == 0, "rows are whole");
  for (std::size_t row = 0; row < values.size() / (per_row * seeds); ++row) {
    const auto own = values.subspan(row * per_row * seeds, per_row * seeds);
    if (std::ranges::any_of(own, [](double value) { return std::isnan(value); }))
      ++dropped_;
    else
      rows_.push_back(row);
  }
}

SeedMean::SeedMean(std::span<const double> values) : values_(values) {
  for (const double value : values) mean_ += value;
  mean_ /= static_cast<double>(values.size());
  for (const double value : values) squares_ += (value - mean_) * (value - mean_);
}

double SeedMean::mean(LeftOut seed) const {
  return seed ? mean_ - (values_[*seed] - mean_) / (static_cast<double>(values_.size()) - 1.0) : mean_;
}

double SeedMean::noise(LeftOut seed) const {
  const auto all = static_cast<double>(values_.size());
  const double count = seed ? all - 1.0 : all;
  if (count < 2.0) return nan;
  const double deviation = seed ? values_[*seed] - mean_ : 0.0;
  const double squares = std::max(0.0, squares_ - deviation * deviation * all / (all - 1.0));
  return squares / (count - 1.0) / count;
}

std::vector<double> seed_means(const DesignRows& rows, std::size_t first_place, std::size_t places) {
  const auto samples = static_cast<double>(rows.size() * places);
  std::vector<double> means(rows.seeds(), 0.0);
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t place = 0; place < places; ++place) {
      const std::span<const double> runs = rows.runs(i, first_place + place);
      for (std::size_t s = 0; s < runs.size(); ++s) means[s] += runs[s] / samples;
    }
  return means;
}

double noise_of_deviation(std::span<const double> runs, std::span<const double> common, LeftOut seed) {
  std::vector<double> left(runs.size());
  std::ranges::transform(runs, common, left.begin(), std::minus());
  return SeedMean(left).noise(seed);
}

DesignSpread spread_of(const DesignRows& rows, std::size_t first_place, std::size_t places) {
  DesignSpread spread{.rows = rows.size(), .rows_dropped = rows.dropped()};
  const auto samples = static_cast<double>(rows.size() * places);
  const auto seeds = static_cast<double>(rows.seeds());
  if (rows.size() == 0) return spread;
  const std::vector<double> common = seed_means(rows, first_place, places);
  spread.mean = SeedMean(common).mean({});
  if (rows.seeds() < 2) return spread;
  double between = 0.0;
  double within = 0.0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t place = 0; place < places; ++place) {
      const std::span<const double> runs = rows.runs(i, first_place + place);
      const SeedMean of_sample(runs);
      const double deviation = of_sample.mean({}) - spread.mean;
      between += (deviation * deviation - noise_of_deviation(runs, common, {})) / samples;
      within += of_sample.noise({}) * seeds / samples;
    }
  between = std::max(0.0, between);
  spread.standard_deviation = std::sqrt(between);
  if (between + within > 0.0) spread.chance = within / (between + within);
  return spread;
}

namespace {

/// Sums over rows, all or without a seed.
std::vector<double> total(const RowSums& rows, LeftOut seed) {
  std::vector<double> sums(rows.sums, 0.0);
  for (std::size_t i = 0; i < rows.rows; ++i) rows.add(i, seed, sums);
  return sums;
}

/// How much wider than the normal's the interval of a mean is of whose variance only a sample is known.
double widening(double seeds, double confidence) {
  const double tail = tail_of(confidence);
  return quantile(complement(StudentsT(seeds - 1.0), tail)) / quantile(complement(Normal(), tail));
}

/// Of each estimate the influence of every seed, widened for their number, shape (seeds, estimates).
std::vector<double> seed_influences(const RowSums& rows, const FromSums& estimate, std::size_t estimates,
                                    double confidence) {
  const auto seeds = static_cast<double>(rows.seeds);
  std::vector<double> influences;
  std::vector<double> mean(estimates, 0.0);
  for (std::size_t seed = 0; seed < rows.seeds; ++seed) {
    const std::vector<double> without = estimate(total(rows, seed));
    influences.insert(influences.end(), without.begin(), without.end());
    for (std::size_t k = 0; k < estimates; ++k) mean[k] += without[k] / seeds;
  }
  const double scale = -(seeds - 1.0) * std::sqrt(seeds / (seeds - 1.0)) * widening(seeds, confidence);
  for (std::size_t i = 0; i < influences.size(); ++i)
    influences[i] = scale * (influences[i] - mean[i % estimates]);
  return influences;
}

/// Sums of groups of consecutive rows, shape (groups, sums).
std::vector<double> grouped(const RowSums& rows, std::size_t groups) {
  std::vector<double> sums(groups * rows.sums, 0.0);
  for (std::size_t i = 0; i < rows.rows; ++i)
    rows.add(i, {}, std::span(sums).subspan(i * groups / rows.rows * rows.sums, rows.sums));
  return sums;
}

}  // namespace

std::vector<Estimated> estimates_from(const RowSums& sums, const FromSums& estimate, double confidence,
                                      const RandomWords& words) {
  constexpr std::size_t most_groups = 1000;
  std::vector<Estimated> found;
  for (const double value : estimate(total(sums, {}))) found.push_back({.value = value});
  if (sums.rows < 2 || sums.seeds < 3) return found;
  const std::size_t groups = std::min(sums.rows, most_groups);
  const std::vector<double> of_groups = grouped(sums, groups);
  const std::vector<double> influences = seed_influences(sums, estimate, found.size(), confidence);
  // The seeds' words come after those of the rows.
  const std::uint64_t row_words = bootstrap_resamples * ((groups + 1) / 2);
  const RandomWords seed_words = [&](std::uint64_t first, std::span<std::uint64_t> wanted) {
    words(row_words + first, wanted);
  };
  std::vector<std::vector<double>> resampled(found.size());
  std::vector<double> drawn(sums.sums);
  for (std::size_t b = 0; b < bootstrap_resamples; ++b) {
    std::ranges::fill(drawn, 0.0);
    resample<1>(groups, b, words, [&](std::size_t, std::size_t group) {
      for (std::size_t c = 0; c < drawn.size(); ++c) drawn[c] += of_groups[group * drawn.size() + c];
    });
    std::vector<double> estimates = estimate(drawn);
    resample<1>(sums.seeds, b, seed_words, [&](std::size_t, std::size_t seed) {
      for (std::size_t k = 0; k < estimates.size(); ++k)
        estimates[k] += influences[seed * estimates.size() + k] / static_cast<double>(sums.seeds);
    });
    for (std::size_t k = 0; k < estimates.size(); ++k)
      if (!std::isnan(estimates[k])) resampled[k].push_back(estimates[k]);
  }
  for (std::size_t k = 0; k < found.size(); ++k) {
    if (std::isnan(found[k].value) || resampled[k].size() < bootstrap_resamples / 2) continue;
    std::ranges::sort(resampled[k]);
    const double tail = (1.0 - confidence) / 2.0;
    found[k].interval = {quantile(resampled[k], tail), quantile(resampled[k], 1.0 - tail)};
  }
  return found;
}

}  // namespace firesweep
