#include "share_of_variance.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
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

/// Sums over seeds from which the shares of all axes follow: what is resampled. First those of the values, then, from
/// AxisColumns::first on, those of each axis.
enum Column : std::size_t { seed_count, value_sum, value_squares, first_axis };

/// Where the sums of one axis are among the columns, and what follows from them.
class AxisColumns {
 public:
  AxisColumns(const Explained& axis, std::size_t first, std::size_t scenarios)
      : axis_(axis), first_(first), scenarios_(scenarios) {}

  std::size_t end() const { return first_ + 1 + axis_.levels; }

  void add(std::size_t seed, std::span<double> row) const;

  /// The share that rows of these sums add up to; below 0 where noise explains more than the axis.
  double share(std::span<const double> sums) const;

  /// The axis' effects at its levels, as a vector whose length is atanh(correlation ratio), the root of the
  /// share with its bias: as for Fisher's z of a correlation, its noise hardly depends on its length.
  std::vector<double> effects(std::span<const double> sums) const;

 private:
  double variance(std::span<const double> sums) const;
  std::span<const double> levels(std::span<const double> sums) const {
    return sums.subspan(first_ + 1, axis_.levels);
  }

  const Explained& axis_;
  std::size_t first_;  // the squares of its levels' effects, then each level's effect
  std::size_t scenarios_;
};

void AxisColumns::add(std::size_t seed, std::span<double> row) const {
  for (std::size_t level = 0; level < axis_.levels; ++level) {
    const double effect = axis_.at(level)[seed];
    row[first_ + 1 + level] += effect;
    row[first_] += effect * effect;
  }
}

double AxisColumns::variance(std::span<const double> sums) const {
  const double values = sums[seed_count] * static_cast<double>(scenarios_);
  const double mean = sums[value_sum] / values;
  return sums[value_squares] / values - mean * mean;
}

double AxisColumns::share(std::span<const double> sums) const {
  const double seeds = sums[seed_count];
  double explained = 0.0;
  for (const double sum : levels(sums)) explained += (sum / seeds) * (sum / seeds);
  const double noise = (sums[first_] / seeds - explained) / (seeds - 1.0);
  return (explained - noise) / variance(sums);
}

std::vector<double> AxisColumns::effects(std::span<const double> sums) const {
  constexpr double just_below_one = 1.0 - 1e-12;  // atanh(1) has no end
  const std::span<const double> sum_of_level = levels(sums);
  std::vector<double> effects(sum_of_level.begin(), sum_of_level.end());
  const double length = norm(effects);
  const double variance_of_values = variance(sums);
  if (length == 0.0 || !(variance_of_values > 0.0)) return std::vector(axis_.levels, 0.0);
  const double ratio = length / sums[seed_count] / std::sqrt(variance_of_values);
  const double stretch = std::atanh(std::min(ratio, just_below_one)) / length;
  for (double& effect : effects) effect *= stretch;
  return effects;
}

/// One row of sums per group of consecutive seeds.
class GroupSums {
 public:
  GroupSums(std::span<const AxisColumns> axes, const Spread& spread);

  std::size_t groups() const { return groups_; }

  /// The sums of these groups' rows, added one after the other.
  std::vector<double> sum(std::span<const std::size_t> groups) const;

 private:
  static constexpr std::size_t at_once = 16;  // columns, whose sums stay in registers

  std::size_t groups_;
  std::size_t columns_;       // rounded up: the last are zero
  std::vector<double> sums_;  // shape (groups, columns)
};

GroupSums::GroupSums(std::span<const AxisColumns> axes, const Spread& spread)
    : groups_(std::min(spread.sum.size(), most_groups)),
      columns_((axes.back().end() + at_once - 1) / at_once * at_once),
      sums_(groups_ * columns_) {
  const std::size_t seeds = spread.sum.size();
  for (std::size_t group = 0; group < groups_; ++group) {
    const std::span<double> row = std::span(sums_).subspan(group * columns_, columns_);
    for (std::size_t seed = seeds * group / groups_; seed < seeds * (group + 1) / groups_; ++seed) {
      row[seed_count] += 1.0;
      row[value_sum] += spread.sum[seed];
      row[value_squares] += spread.squares[seed];
      for (const AxisColumns& axis : axes) axis.add(seed, row);
    }
  }
}

std::vector<double> GroupSums::sum(std::span<const std::size_t> groups) const {
  std::vector<double> sums(columns_);
  for (std::size_t first = 0; first < columns_; first += at_once) {
    std::array<double, at_once> some{};
    for (const std::size_t group : groups) {
      const double* const row = sums_.data() + group * columns_ + first;
      for (std::size_t column = 0; column < at_once; ++column) some[column] += row[column];
    }
    std::ranges::copy(some, sums.begin() + static_cast<std::ptrdiff_t>(first));
  }
  return sums;
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

std::vector<ShareOfVariance> shares_of_variance(std::span<const Explained> axes, const Spread& spread,
                                                double confidence, const RandomWords& words) {
  const bool has_variance = spread.sum.size() > 1 &&
                            std::ranges::any_of(spread.squares, [](double square) { return square != 0.0; });
  std::vector<AxisColumns> columns;
  for (const Explained& axis : axes)
    columns.emplace_back(axis, columns.empty() ? first_axis : columns.back().end(), spread.scenarios);
  std::vector<ShareOfVariance> shares(axes.size(), {nan, {nan, nan}});
  if (!has_variance || axes.empty()) return shares;

  // All axes share the resamples.
  const GroupSums sums(columns, spread);
  std::vector<std::size_t> groups(sums.groups());
  std::iota(groups.begin(), groups.end(), std::size_t{0});
  const std::vector<double> total = sums.sum(groups);
  std::vector<LengthInterval> lengths;
  for (const AxisColumns& axis : columns) lengths.emplace_back(axis.effects(total));
  for (std::size_t b = 0; b < bootstrap_resamples; ++b) {
    auto next = groups.begin();
    resample<1>(sums.groups(), b, words, [&](std::size_t, std::size_t group) { *next++ = group; });
    const std::vector<double> drawn = sums.sum(groups);
    for (std::size_t axis = 0; axis < columns.size(); ++axis) lengths[axis].add(columns[axis].effects(drawn));
  }
  const auto share_of = [](double length) { return std::tanh(length) * std::tanh(length); };
  for (std::size_t axis = 0; axis < axes.size(); ++axis) {
    if (axes[axis].levels < 2) continue;
    const Interval interval = lengths[axis].at(confidence);
    shares[axis] = {std::clamp(columns[axis].share(total), 0.0, 1.0),
                    {share_of(interval.lower), share_of(interval.upper)}};
  }
  return shares;
}

}  // namespace firesweep
