#include "firesweep/statistics/sobol_indices.hpp"

#include <algorithm>
#include <functional>

#include "row_bootstrap.hpp"

namespace firesweep {
namespace {

/// The sums over rows that indices are made of: a count, V and its noise, then of each parameter the squares of both
/// differences and their noise, then of each pair a product.
class SobolSums {
 public:
  SobolSums(const DesignRows& rows, const SobolDesign& design)
      : rows_(rows), parameters_(design.parameters), has_second_order_(design.has_second_order) {
    make_common();
  }

  std::size_t count() const { return first_pair() + (has_second_order_ ? pairs() : 0); }
  std::size_t pairs() const { return parameters_ * (parameters_ - 1) / 2; }

  void add(std::size_t row, LeftOut seed, std::span<double> sums) const {
    sums[0] += 1.0;
    for (const std::size_t place : {a, b}) {
      const std::vector<double> left = difference(rows_.runs(row, place), common_);
      add_square(left, seed, sums.subspan(1, 2));
      sums[3] += SeedMean(left).mean(seed);
    }
    for (std::size_t k = 0; k < parameters_; ++k) {
      const auto swapped = rows_.runs(row, 2 + k);
      add_square(difference(rows_.runs(row, b), swapped), seed, sums.subspan(4 + 4 * k, 2));
      add_square(difference(rows_.runs(row, a), swapped), seed, sums.subspan(6 + 4 * k, 2));
    }
    if (has_second_order_) add_products(row, seed, sums.subspan(first_pair()));
  }

  /// First-order and total indices of each parameter, then of pairs; without correction only if asked for.
  std::vector<double> indices(std::span<const double> sums, bool is_corrected) const {
    const double samples = 2.0 * sums[0];
    const double mean = sums[3] / samples;
    const double noise = is_corrected ? 1.0 : 0.0;
    const auto corrected = [&](std::size_t at) { return is_corrected ? sums[at] - sums[at + 1] : sums[at]; };
    const double variance = corrected(1) / samples - mean * mean;
    std::vector<double> found;
    const bool is_known = variance > 0.0;
    for (std::size_t k = 0; k < parameters_; ++k) {
      const double first = corrected(4 + 4 * k) / samples / variance;
      const double total = corrected(6 + 4 * k) / samples / variance;
      found.push_back(is_known ? 1.0 - first : nan);
      found.push_back(is_known ? total : nan);
    }
    if (!has_second_order_ || noise == 0.0) return found;
    std::size_t pair = first_pair();
    for (std::size_t i = 0; i < parameters_; ++i)
      for (std::size_t j = i + 1; j < parameters_; ++j)
        found.push_back(is_known ? sums[pair++] / sums[0] / variance - found[2 * i] - found[2 * j] : nan);
    return found;
  }

 private:
  static constexpr std::size_t a = 0;
  static constexpr std::size_t b = 1;

  std::size_t first_pair() const { return 4 + 4 * parameters_; }

  /// What A and B are at each seed on average.
  void make_common() {
    common_.assign(rows_.seeds(), 0.0);
    const auto samples = static_cast<double>(2 * rows_.size());
    for (std::size_t row = 0; row < rows_.size(); ++row)
      for (const std::size_t place : {a, b})
        for (std::size_t s = 0; s < common_.size(); ++s) common_[s] += rows_.runs(row, place)[s] / samples;
  }

  static std::vector<double> difference(std::span<const double> one, std::span<const double> other) {
    std::vector<double> left(one.size());
    std::ranges::transform(one, other, left.begin(), std::minus());
    return left;
  }

  /// The square of a mean, and the noise in it.
  static void add_square(const std::vector<double>& values, LeftOut seed, std::span<double> sums) {
    const SeedMean of(values);
    sums[0] += of.mean(seed) * of.mean(seed);
    sums[1] += of.noise(seed);
  }

  /// The mean of one times the other over pairs of different seeds.
  double product(std::size_t row, std::size_t one, std::size_t other, LeftOut left_out) const {
    double first = 0.0;
    double second = 0.0;
    double same = 0.0;
    double seeds = 0.0;
    for (std::size_t s = 0; s < common_.size(); ++s) {
      if (left_out == s) continue;
      const double x = rows_.runs(row, one)[s] - common_[s];
      const double y = rows_.runs(row, other)[s] - common_[s];
      first += x;
      second += y;
      same += x * y;
      seeds += 1.0;
    }
    return seeds > 1.0 ? (first * second - same) / (seeds * (seeds - 1.0)) : nan;
  }

  void add_products(std::size_t row, LeftOut seed, std::span<double> sums) const {
    const double without = product(row, a, b, seed);
    std::size_t pair = 0;
    for (std::size_t i = 0; i < parameters_; ++i)
      for (std::size_t j = i + 1; j < parameters_; ++j)
        sums[pair++] += product(row, 2 + parameters_ + i, 2 + j, seed) - without;
  }

  const DesignRows& rows_;
  std::size_t parameters_;
  bool has_second_order_;
  std::vector<double> common_;  // shape (seeds)
};

}  // namespace

SobolIndices sobol_indices(const SobolDesign& design, double confidence, const RandomWords& words) {
  const std::size_t d = design.parameters;
  const DesignRows rows(design.values, (design.has_second_order ? 2 : 1) * d + 2, design.seeds);
  SobolIndices found;
  found.spread = spread_of(rows, 0, 2);
  found.parameters.resize(d);
  const SobolSums sums(rows, design);
  if (design.has_second_order) found.second_order.resize(sums.pairs());
  if (rows.size() == 0) return found;
  const RowSums of_rows{
      rows.size(), rows.seeds(), sums.count(),
      [&](std::size_t row, LeftOut seed, std::span<double> into) { sums.add(row, seed, into); }};
  const std::vector<Estimated> corrected = estimates_from(
      of_rows, [&](std::span<const double> of) { return sums.indices(of, true); }, confidence, words);
  std::vector<double> all(sums.count(), 0.0);
  for (std::size_t row = 0; row < rows.size(); ++row) sums.add(row, {}, all);
  const std::vector<double> uncorrected = sums.indices(all, false);
  for (std::size_t k = 0; k < d; ++k)
    found.parameters[k] = {corrected[2 * k], uncorrected[2 * k], corrected[2 * k + 1],
                           uncorrected[2 * k + 1]};
  for (std::size_t pair = 0; pair < found.second_order.size(); ++pair)
    found.second_order[pair] = corrected[2 * d + pair];
  return found;
}

}  // namespace firesweep
