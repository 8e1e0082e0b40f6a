#include "share_of_variance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "bca.hpp"

namespace firesweep {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_groups = 1000;

/// Sums over a group of seeds from which the share follows: what is resampled.
enum Column : std::size_t { seed_count, value_sum, value_squares, level_squares, first_level };

/// One row of sums per group of consecutive seeds.
class GroupSums {
 public:
  GroupSums(const Profile& profile, const Spread& spread);

  std::size_t groups() const { return groups_; }
  std::span<const double> row(std::size_t group) const {
    return std::span(sums_).subspan(group * columns_, columns_);
  }
  std::vector<double> total() const;

  /// The share that rows of these sums add up to; below 0 where noise explains more than the axis.
  double share(std::span<const double> sums) const;

 private:
  void add(const Profile& profile, const Spread& spread, std::size_t seed, std::span<double> row) const;

  std::size_t levels_;
  std::size_t scenarios_;
  std::size_t groups_;
  std::size_t columns_;
  std::vector<double> sums_;  // shape (groups, columns)
};

GroupSums::GroupSums(const Profile& profile, const Spread& spread)
    : levels_(profile.levels),
      scenarios_(spread.scenarios),
      groups_(std::min(profile.seeds, most_groups)),
      columns_(first_level + profile.levels),
      sums_(groups_ * columns_) {
  for (std::size_t group = 0; group < groups_; ++group) {
    const std::span<double> row = std::span(sums_).subspan(group * columns_, columns_);
    const std::size_t end = profile.seeds * (group + 1) / groups_;
    for (std::size_t seed = profile.seeds * group / groups_; seed < end; ++seed) {
      add(profile, spread, seed, row);
    }
  }
}

void GroupSums::add(const Profile& profile, const Spread& spread, std::size_t seed,
                    std::span<double> row) const {
  row[seed_count] += 1.0;
  row[value_sum] += spread.sum[seed];
  row[value_squares] += spread.squares[seed];
  double mean = 0.0;
  for (std::size_t level = 0; level < levels_; ++level) mean += profile.at(level)[seed];
  mean /= static_cast<double>(levels_);
  for (std::size_t level = 0; level < levels_; ++level) {
    const double difference = profile.at(level)[seed] - mean;
    row[first_level + level] += difference;
    row[level_squares] += difference * difference;
  }
}

std::vector<double> GroupSums::total() const {
  std::vector<double> total(columns_);
  for (std::size_t group = 0; group < groups_; ++group) {
    std::ranges::transform(total, row(group), total.begin(), std::plus());
  }
  return total;
}

double GroupSums::share(std::span<const double> sums) const {
  const double seeds = sums[seed_count];
  const double values = seeds * static_cast<double>(scenarios_);
  const double mean = sums[value_sum] / values;
  const double variance = sums[value_squares] / values - mean * mean;
  if (!(variance > 0.0)) return 0.0;  // a resample of equal values
  double explained = 0.0;
  for (const double sum : sums.subspan(first_level)) explained += (sum / seeds) * (sum / seeds);
  const double noise = (sums[level_squares] / seeds - explained) / (seeds - 1.0);
  return (explained - noise) / (static_cast<double>(levels_) * variance);
}

/// What each group adds to the share, from the shares that are left without it.
std::vector<double> influences(const GroupSums& sums, std::span<const double> total) {
  std::vector<double> shares(sums.groups());
  std::vector<double> rest(total.size());
  for (std::size_t group = 0; group < shares.size(); ++group) {
    std::ranges::transform(total, sums.row(group), rest.begin(), std::minus());
    shares[group] = sums.share(rest);
  }
  const double mean = mean_of(shares).mean;
  for (double& share : shares) share = mean - share;
  return shares;
}

}  // namespace

ShareOfVariance share_of_variance(const Profile& profile, const Spread& spread, double confidence,
                                  const RandomWords& words) {
  if (profile.seeds < 2 || std::ranges::all_of(spread.squares, [](double square) { return square == 0.0; })) {
    return {nan, {nan, nan}};
  }
  const GroupSums sums(profile, spread);
  const std::vector<double> total = sums.total();
  const double share = sums.share(total);

  std::vector<double> resampled(bootstrap_resamples);
  std::vector<double> drawn(total.size());
  for (std::size_t b = 0; b < resampled.size(); ++b) {
    std::ranges::fill(drawn, 0.0);
    resample(sums.groups(), b, words, [&](std::size_t group) {
      const std::span<const double> row = sums.row(group);
      for (std::size_t column = 0; column < drawn.size(); ++column) drawn[column] += row[column];
    });
    resampled[b] = sums.share(drawn);
  }
  const double acceleration_of_groups = profile.seeds > 2 ? acceleration(influences(sums, total)) : 0.0;
  const Interval interval = bca_interval(resampled, share, acceleration_of_groups, confidence);
  return {std::clamp(share, 0.0, 1.0),
          {std::clamp(interval.lower, 0.0, 1.0), std::clamp(interval.upper, 0.0, 1.0)}};
}

}  // namespace firesweep
