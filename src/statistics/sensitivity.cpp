#include "firesweep/statistics/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/nan.hpp"
#include "firesweep/statistics/paired.hpp"

#include "share_of_variance.hpp"

namespace firesweep {

namespace {

/// a - b, or 0 where that is no more than rounding makes of two equal means.
double difference(double a, double b) {
  constexpr double rounding = 1e-12;
  return std::abs(a - b) <= rounding * std::max(std::abs(a), std::abs(b)) ? 0.0 : a - b;
}

/// Means of the levels of one axis at each seed, over the combinations of the others where every level is
/// used.
struct Profile {
  std::size_t levels = 0;
  std::size_t seeds = 0;
  std::size_t combinations = 0;
  std::vector<double> mean;  // shape (levels, seeds)

  std::span<const double> at(std::size_t level) const {
    return std::span(mean).subspan(level * seeds, seeds);
  }
};

/// A factorial design without the scenarios that have no value, and without the seeds that are not ok in all
/// of the others.
class Design {
 public:
  Design(const FactorialValues& given, std::optional<double> threshold);

  const MatrixShape& levels() const { return given_.levels; }
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

  Profile profile(std::size_t axis) const;

  /// What one axis explains, over all scenarios that are used.
  Explained explained(std::size_t axis) const;

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
  const std::size_t count = given.levels.size();
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
  const std::size_t levels = given_.levels.length(axis);
  Profile profile{levels, seeds(), 0, std::vector<double>(levels * seeds())};
  for (std::size_t rest = 0; rest < used_.size() / levels; ++rest) {
    const auto scenario = [&](std::size_t level) { return given_.levels.element_at(axis, level, rest); };
    const auto is_used = [&](std::size_t level) { return used_[scenario(level)]; };
    std::size_t level = 0;
    while (level < levels && is_used(level)) ++level;
    if (level < levels) continue;
    ++profile.combinations;
    for (level = 0; level < levels; ++level) {
      double* const sums = profile.mean.data() + level * seeds();
      for_each_value(scenario(level), [&](std::size_t r, double value) { sums[r] += value; });
    }
  }
  // Of no combination it is 0 / 0: not a number, as it should be.
  for (double& mean : profile.mean) mean /= static_cast<double>(profile.combinations);
  return profile;
}

Explained Design::explained(std::size_t axis) const {
  const auto level_of = [&](std::size_t scenario) { return given_.levels.place(scenario, axis); };
  std::vector<std::size_t> counts(given_.levels.length(axis));
  for (const std::size_t scenario : scenarios_) ++counts[level_of(scenario)];
  std::vector<std::size_t> place(counts.size());  // among the levels that are used
  std::exclusive_scan(counts.begin(), counts.end(), place.begin(), std::size_t{0},
                      [](std::size_t before, std::size_t count) { return before + (count > 0 ? 1U : 0U); });
  std::erase(counts, 0U);

  Explained explained{counts.size(), seeds(), std::vector<double>(counts.size() * seeds())};
  std::vector<double> total(seeds());
  for (const std::size_t scenario : scenarios_) {
    double* const sums = explained.effect.data() + place[level_of(scenario)] * seeds();
    for_each_value(scenario, [&](std::size_t r, double value) {
      sums[r] += value;
      total[r] += value;
    });
  }
  const auto scenarios = static_cast<double>(scenarios_.size());
  for (std::size_t i = 0; i < explained.effect.size(); ++i) {
    const auto count = static_cast<double>(counts[i / seeds()]);
    double& effect = explained.effect[i];
    effect = std::sqrt(count / scenarios) * difference(effect / count, total[i % seeds()] / scenarios);
  }
  return explained;
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
      const double from_all = difference(value, result.mean);
      const double from_scenario = difference(value, means[s]);
      spread.sum[r] += from_all;
      spread.squares[r] += from_all * from_all;
      within += from_scenario * from_scenario;
    });
  }
  const auto scenarios = static_cast<double>(means.size());
  const auto seeds = static_cast<double>(design.seeds());
  const double squares = std::accumulate(spread.squares.begin(), spread.squares.end(), 0.0);
  result.standard_deviation = std::sqrt(squares / (scenarios * seeds));
  spread.within = within / squares;
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

AxisEffect axis_effect(const Design& design, std::size_t axis, const ShareOfVariance& share,
                       double confidence) {
  const Profile profile = design.profile(axis);
  AxisEffect result;
  result.share = share.share;
  result.share_interval = share.interval;
  result.scenarios = profile.levels * profile.combinations;
  for (std::size_t level = 0; level < profile.levels; ++level) {
    result.level_mean.push_back(mean_of(profile.at(level)).mean);
  }
  if (profile.levels < 2 || std::isnan(result.level_mean.front())) {
    result.lowest = result.highest = result.level_mean.front();
    result.effect = nan;
    result.interval = {nan, nan};
    return result;
  }
  const auto [lowest, highest] =
      std::pair(std::ranges::min_element(result.level_mean), std::ranges::max_element(result.level_mean));
  result.lowest = *lowest;
  result.highest = *highest;
  result.effect = difference(result.highest, result.lowest);
  result.lowest_level = static_cast<std::size_t>(lowest - result.level_mean.begin());
  result.highest_level = static_cast<std::size_t>(highest - result.level_mean.begin());

  std::vector<double> differences(design.seeds());
  std::ranges::transform(profile.at(result.highest_level), profile.at(result.lowest_level),
                         differences.begin(), difference);
  result.interval = effect_interval(design, differences, profile.levels, confidence);
  return result;
}

/// Sees to it that nothing of the variance, of which `within` lies within scenarios, is counted twice.
void divide(Sensitivity& result, double within) {
  double shares = 0.0;
  for (const AxisEffect& axis : result.axes)
    if (!std::isnan(axis.share)) shares += axis.share;
  if (shares > 1.0 - within) {
    const double factor = (1.0 - within) / shares;
    for (AxisEffect& axis : result.axes)
      for (double* const share : {&axis.share, &axis.share_interval.lower, &axis.share_interval.upper})
        *share *= factor;
    shares = 1.0 - within;
  }
  const auto seeds = static_cast<double>(result.seeds);
  result.chance = std::min(within * seeds / (seeds - 1.0), 1.0 - shares);
}

Sensitivity sensitivity_of(const Design& design, double confidence, const RandomWords& words) {
  expects(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
  Sensitivity result;
  result.scenarios = design.scenarios().size();
  result.seeds = design.seeds();
  const Spread spread = spread_of(design, result);
  std::vector<Explained> explained;
  for (std::size_t axis = 0; axis < design.levels().axes(); ++axis)
    explained.push_back(design.explained(axis));
  const std::vector<ShareOfVariance> shares = shares_of_variance(explained, spread, confidence, words);
  for (std::size_t axis = 0; axis < design.levels().axes(); ++axis) {
    AxisEffect effect = axis_effect(design, axis, shares[axis], confidence);
    effect.normalised = effect.effect / result.standard_deviation;
    result.axes.push_back(std::move(effect));
  }
  divide(result, spread.within);
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
