#include "share_of_variance.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>
#include <utility>

#include "firesweep/statistics/nan.hpp"

#include "bca.hpp"
#include "distributions.hpp"

namespace firesweep {

namespace {

constexpr std::size_t most_groups = 1000;

double norm(std::span<const double> vector) {
  return std::sqrt(std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0));
}

/// Sums over a group of seeds from which the share follows: what is resampled.
enum Column : std::size_t { seed_count, value_sum, value_squares, level_squares, first_level };

/// One row of sums per group of consecutive seeds.
class GroupSums {
 public:
  GroupSums(const Explained& axis, const Spread& spread);

  std::size_t groups() const { return groups_; }
  std::span<const double> row(std::size_t group) const {
    return std::span(sums_).subspan(group * columns_, columns_);
  }
  std::vector<double> total() const;

  /// The share that rows of these sums add up to; below 0 where noise explains more than the axis.
  double share(std::span<const double> sums) const;

  /// The axis' effects at its levels, as a vector whose length is atanh(correlation ratio), the root of the
  /// share with its bias: as for Fisher's z of a correlation, its noise hardly depends on its length.
  std::vector<double> effects(std::span<const double> sums) const;

 private:
  void add(const Explained& axis, const Spread& spread, std::size_t seed, std::span<double> row) const;
  double variance(std::span<const double> sums) const;

  std::size_t levels_;
  std::size_t scenarios_;
  std::size_t groups_;
  std::size_t columns_;
  std::vector<double> sums_;  // shape (groups, columns)
};

GroupSums::GroupSums(const Explained& axis, const Spread& spread)
    : levels_(axis.levels),
      scenarios_(spread.scenarios),
      groups_(std::min(axis.seeds, most_groups)),
      columns_(first_level + axis.levels),
      sums_(groups_ * columns_) {
  for (std::size_t group = 0; group < groups_; ++group) {
    const std::span<double> row = std::span(sums_).subspan(group * columns_, columns_);
    const std::size_t end = axis.seeds * (group + 1) / groups_;
    for (std::size_t seed = axis.seeds * group / groups_; seed < end; ++seed) {
      add(axis, spread, seed, row);
    }
  }
}

void GroupSums::add(const Explained& axis, const Spread& spread, std::size_t seed,
                    std::span<double> row) const {
  row[seed_count] += 1.0;
  row[value_sum] += spread.sum[seed];
  row[value_squares] += spread.squares[seed];
  for (std::size_t level = 0; level < levels_; ++level) {
    const double effect = axis.at(level)[seed];
    row[first_level + level] += effect;
    row[level_squares] += effect * effect;
  }
}

std::vector<double> GroupSums::total() const {
  std::vector<double> total(columns_);
  for (std::size_t group = 0; group < groups_; ++group) {
    std::ranges::transform(total, row(group), total.begin(), std::plus());
  }
  return total;
}

double GroupSums::variance(std::span<const double> sums) const {
  const double values = sums[seed_count] * static_cast<double>(scenarios_);
  const double mean = sums[value_sum] / values;
  return sums[value_squares] / values - mean * mean;
}

double GroupSums::share(std::span<const double> sums) const {
  const double seeds = sums[seed_count];
  double explained = 0.0;
  for (const double sum : sums.subspan(first_level)) explained += (sum / seeds) * (sum / seeds);
  const double noise = (sums[level_squares] / seeds - explained) / (seeds - 1.0);
  return (explained - noise) / variance(sums);
}

std::vector<double> GroupSums::effects(std::span<const double> sums) const {
  constexpr double just_below_one = 1.0 - 1e-12;  // atanh(1) has no end
  std::vector<double> effects(sums.begin() + first_level, sums.end());
  const double length = norm(effects);
  const double variance_of_values = variance(sums);
  if (length == 0.0 || !(variance_of_values > 0.0)) return std::vector(levels_, 0.0);
  const double ratio = length / sums[seed_count] / std::sqrt(variance_of_values);
  const double stretch = std::atanh(std::min(ratio, just_below_one)) / length;
  for (double& effect : effects) effect *= stretch;
  return effects;
}

/// How long a vector of effects may be behind the one seen, as resamples of the seeds tell.
class LengthInterval {
 public:
  explicit LengthInterval(std::vector<double> seen) : seen_(std::move(seen)), length_(norm(seen_)) {}

  void add(std::span<const double> resampled) {
    double squares = 0.0;
    double along = 0.0;
    for (std::size_t level = 0; level < seen_.size(); ++level) {
      const double noise = resampled[level] - seen_[level];
      squares += noise * noise;
      along += noise * direction(level);
    }
    // A vector in the direction seen reaches the length seen from there on if it has this noise.
    const double across = std::max(0.0, squares - along * along);
    least_.push_back(squares >= length_ * length_ ? 0.0 : std::sqrt(length_ * length_ - across) - along);
    most_.push_back(length_ - along);
  }

  Interval at(double confidence) {
    const double ranks = static_cast<double>(least_.size()) + 1.0;
    const double tail = tail_of(confidence);
    std::ranges::sort(least_);
    std::ranges::sort(most_);
    return {std::max(0.0, at_rank(least_, std::floor(tail * ranks))),
            std::max(0.0, at_rank(most_, std::ceil((1.0 - tail) * ranks)))};
  }

 private:
  double direction(std::size_t level) const {
    if (length_ > 0.0) return seen_[level] / length_;
    // Nothing seen has no direction: that from the first level to the second will do.
    return level == 0 ? -std::numbers::sqrt2 / 2.0 : level == 1 ? std::numbers::sqrt2 / 2.0 : 0.0;
  }

  std::vector<double> seen_;
  double length_;
  std::vector<double> least_;
  std::vector<double> most_;
};

}  // namespace

ShareOfVariance share_of_variance(const Explained& axis, const Spread& spread, double confidence,
                                  const RandomWords& words) {
  if (axis.levels < 2 || axis.seeds < 2 ||
      std::ranges::all_of(spread.squares, [](double square) { return square == 0.0; })) {
    return {nan, {nan, nan}};
  }
  const GroupSums sums(axis, spread);
  const std::vector<double> total = sums.total();

  LengthInterval lengths(sums.effects(total));
  std::vector<double> drawn(total.size());
  for (std::size_t b = 0; b < bootstrap_resamples; ++b) {
    std::ranges::fill(drawn, 0.0);
    resample(sums.groups(), b, words, [&](std::size_t group) {
      std::ranges::transform(drawn, sums.row(group), drawn.begin(), std::plus());
    });
    lengths.add(sums.effects(drawn));
  }
  const auto share_of = [](double length) { return std::tanh(length) * std::tanh(length); };
  const Interval interval = lengths.at(confidence);
  return {std::clamp(sums.share(total), 0.0, 1.0), {share_of(interval.lower), share_of(interval.upper)}};
}

}  // namespace firesweep
