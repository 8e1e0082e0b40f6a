#include "firesweep/statistics/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/paired.hpp"

#include "share_of_variance.hpp"

namespace firesweep {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A factorial design without the scenarios that have no value, and without the seeds that are not ok in all
/// of the others.
class Design {
 public:
  Design(const FactorialValues& given, std::optional<double> threshold);

  const std::vector<std::size_t>& levels() const { return given_.levels; }
  const std::vector<std::size_t>& scenarios() const { return scenarios_; }
  std::size_t seeds() const { return seeds_.size(); }
  bool is_exceedance() const { return threshold_.has_value(); }

  /// Calls take(r, y) for each seed, r its number among those used, and the scenario's value there.
  template <typename Take>
  void for_each_value(std::size_t scenario, Take&& take) const {
    const std::span<const double> values = row(scenario);
    for (std::size_t r = 0; r < seeds_.size(); ++r) {
      const double value = values[seeds_[r]];
      take(r, threshold_ ? static_cast<double>(value > *threshold_) : value);
    }
  }

  /// Main effects of one axis, over the combinations of the others where each of its levels is used.
  Profile profile(std::size_t axis) const;

 private:
  std::span<const double> row(std::size_t scenario) const {
    return given_.values.subspan(scenario * given_seeds_, given_seeds_);
  }

  const FactorialValues& given_;
  std::optional<double> threshold_;
  std::size_t given_seeds_ = 0;
  std::vector<std::size_t> scenarios_;  // those used
  std::vector<bool> used_;              // shape (all scenarios)
  std::vector<std::size_t> seeds_;      // those used
};

Design::Design(const FactorialValues& given, std::optional<double> threshold)
    : given_(given), threshold_(threshold) {
  const std::size_t count =
      std::accumulate(given.levels.begin(), given.levels.end(), std::size_t{1}, std::multiplies());
  expects(count > 0 && given.values.size() % count == 0, "each scenario of a design has a value per seed");
  given_seeds_ = given.values.size() / count;
  std::vector<bool> ok(given_seeds_, true);
  for (std::size_t scenario = 0; scenario < count; ++scenario) {
    const std::span<const double> values = row(scenario);
    used_.push_back(!std::ranges::all_of(values, [](double value) { return std::isnan(value); }));
    if (!used_.back()) continue;
    scenarios_.push_back(scenario);
    for (std::size_t seed = 0; seed < given_seeds_; ++seed) {
      if (std::isnan(values[seed])) ok[seed] = false;
    }
  }
  for (std::size_t seed = 0; seed < given_seeds_ && !scenarios_.empty(); ++seed) {
    if (ok[seed]) seeds_.push_back(seed);
  }
}

Profile Design::profile(std::size_t axis) const {
  const std::size_t levels = given_.levels[axis];
  const std::size_t stride = std::accumulate(given_.levels.begin() + static_cast<std::ptrdiff_t>(axis) + 1,
                                             given_.levels.end(), std::size_t{1}, std::multiplies());
  Profile profile{levels, seeds(), std::vector<double>(levels * seeds())};
  std::size_t combinations = 0;
  for (std::size_t first = 0; first < used_.size(); ++first) {
    if (first / stride % levels != 0) continue;
    const auto is_used = [&](std::size_t level) { return used_[first + level * stride]; };
    std::size_t level = 0;
    while (level < levels && is_used(level)) ++level;
    if (level < levels) continue;
    ++combinations;
    for (level = 0; level < levels; ++level) {
      double* const sums = profile.effect.data() + level * seeds();
      for_each_value(first + level * stride, [&](std::size_t r, double value) { sums[r] += value; });
    }
  }
  // Of no combination it is 0 / 0: not a number, as it should be.
  for (double& effect : profile.effect) effect /= static_cast<double>(combinations);
  return profile;
}

/// Mean and variance over scenarios and seeds; returns the sums per seed that shares of the variance need.
Spread spread_of(const Design& design, Sensitivity& result) {
  std::vector<double> means;
  for (const std::size_t scenario : design.scenarios()) {
    double sum = 0.0;
    design.for_each_value(scenario, [&](std::size_t, double value) { sum += value; });
    means.push_back(sum / static_cast<double>(design.seeds()));
  }
  const Mean between = mean_of(means);
  result.mean = between.mean;

  Spread spread{means.size(), std::vector<double>(design.seeds()), std::vector<double>(design.seeds())};
  double within = 0.0;
  for (std::size_t s = 0; s < means.size(); ++s) {
    design.for_each_value(design.scenarios()[s], [&](std::size_t r, double value) {
      spread.sum[r] += value - result.mean;
      spread.squares[r] += (value - result.mean) * (value - result.mean);
      within += (value - means[s]) * (value - means[s]);
    });
  }
  const auto scenarios = static_cast<double>(means.size());
  const auto seeds = static_cast<double>(design.seeds());
  const double squares = std::accumulate(spread.squares.begin(), spread.squares.end(), 0.0);
  const double variance = squares / (scenarios * seeds);
  result.standard_deviation = std::sqrt(variance);
  result.chance = std::min(within / (scenarios * (seeds - 1.0)) / variance, 1.0);
  return spread;
}

/// An interval of highest - lowest that allows for any two of `levels` levels to have been those.
Interval effect_interval(const Design& design, std::span<const double> differences, std::size_t levels,
                         double confidence) {
  const double pairs = 0.5 * static_cast<double>(levels * (levels - 1));
  const double of_each = 1.0 - (1.0 - confidence) / pairs;
  if (design.is_exceedance()) {
    return differences.size() < 2 ? Interval{nan, nan} : share_difference_interval(differences, of_each);
  }
  return mean_interval(mean_of(differences), of_each);
}

AxisEffect axis_effect(const Design& design, std::size_t axis, const Spread& spread, double confidence,
                       const RandomWords& words) {
  const Profile profile = design.profile(axis);
  AxisEffect result;
  for (std::size_t level = 0; level < profile.levels; ++level) {
    result.level_mean.push_back(mean_of(profile.at(level)).mean);
  }
  if (profile.levels < 2 || std::isnan(result.level_mean.front())) {
    result.lowest = result.highest = result.level_mean.front();
    result.effect = result.share = nan;
    result.interval = result.share_interval = {nan, nan};
    return result;
  }
  const auto [lowest, highest] =
      std::pair(std::ranges::min_element(result.level_mean), std::ranges::max_element(result.level_mean));
  result.lowest = *lowest;
  result.highest = *highest;
  result.effect = result.highest - result.lowest;
  result.lowest_level = static_cast<std::size_t>(lowest - result.level_mean.begin());
  result.highest_level = static_cast<std::size_t>(highest - result.level_mean.begin());

  std::vector<double> differences(design.seeds());
  std::ranges::transform(profile.at(result.highest_level), profile.at(result.lowest_level),
                         differences.begin(), std::minus());
  result.interval = effect_interval(design, differences, profile.levels, confidence);
  const ShareOfVariance share = share_of_variance(profile, spread, confidence, words);
  result.share = share.share;
  result.share_interval = share.interval;
  return result;
}

Sensitivity sensitivity_of(const Design& design, double confidence, const RandomWords& words) {
  expects(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
  Sensitivity result;
  result.scenarios = design.scenarios().size();
  result.seeds = design.seeds();
  const Spread spread = spread_of(design, result);
  for (std::size_t axis = 0; axis < design.levels().size(); ++axis) {
    AxisEffect effect = axis_effect(design, axis, spread, confidence, words);
    effect.normalised = effect.effect / result.standard_deviation;
    result.axes.push_back(std::move(effect));
  }
  return result;
}

}  // namespace

Sensitivity sensitivity_of_mean(const FactorialValues& design, double confidence, const RandomWords& words) {
  return sensitivity_of(Design(design, std::nullopt), confidence, words);
}

Sensitivity sensitivity_of_exceedance(const FactorialValues& design, double threshold, double confidence,
                                      const RandomWords& words) {
  return sensitivity_of(Design(design, threshold), confidence, words);
}

}  // namespace firesweep
