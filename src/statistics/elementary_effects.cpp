#include "firesweep/statistics/elementary_effects.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "row_bootstrap.hpp"

namespace firesweep {
namespace {

/// Sums over trajectories for each parameter: of effects, of their sizes, of their squares, of the noise in what they differ
/// by, and of the sizes that noise alone has on average.
constexpr std::size_t sums_of_parameter = 5;

/// The effect of each parameter in a trajectory at each seed, shape (parameters, seeds).
std::vector<double> effects_in(const DesignRows& rows, std::size_t row, std::span<const TrajectoryStep> steps,
                               std::size_t parameters) {
  const std::size_t seeds = rows.seeds();
  std::vector<double> effects(parameters * seeds);
  for (std::size_t i = 0; i < parameters; ++i) {
    const TrajectoryStep& step = steps[rows.number(row) * parameters + i];
    for (std::size_t s = 0; s < seeds; ++s)
      effects[step.parameter * seeds + s] = (rows.runs(row, i + 1)[s] - rows.runs(row, i)[s]) / step.by;
  }
  return effects;
}

}  // namespace

EffectsOfDesign elementary_effects(std::span<const double> values, std::span<const TrajectoryStep> steps,
                                   std::size_t parameters, std::size_t seeds, double confidence,
                                   const RandomWords& words) {
  const DesignRows rows(values, parameters + 1, seeds);
  EffectsOfDesign found{.spread = spread_of(rows, 0, parameters + 1), .parameters = {}};
  found.parameters.resize(parameters);
  if (rows.size() == 0) return found;
  // What a seed does to the effects of all trajectories alike does not make them differ.
  std::vector<double> common(parameters * seeds, 0.0);
  for (std::size_t row = 0; row < rows.size(); ++row)
    std::ranges::transform(
        effects_in(rows, row, steps, parameters), common, common.begin(),
        [&](double effect, double sum) { return sum + effect / static_cast<double>(rows.size()); });
  const auto add = [&](std::size_t row, LeftOut seed, std::span<double> sums) {
    sums[0] += 1.0;
    const std::vector<double> of_all = effects_in(rows, row, steps, parameters);
    for (std::size_t k = 0; k < parameters; ++k) {
      const auto own = sums.subspan(1 + sums_of_parameter * k, sums_of_parameter);
      const auto at_seeds = std::span(of_all).subspan(k * seeds, seeds);
      const SeedMean of_seeds(at_seeds);
      const double mean = of_seeds.mean(seed);
      own[0] += mean;
      own[1] += std::abs(mean);
      own[2] += mean * mean;
      own[3] += noise_of_deviation(at_seeds, std::span(common).subspan(k * seeds, seeds), seed);
      own[4] += std::sqrt(2.0 / std::numbers::pi * of_seeds.noise(seed));
    }
  };
  const auto effects = [&](std::span<const double> sums) {
    std::vector<double> of_all;
    for (std::size_t k = 0; k < parameters; ++k) {
      const auto own = sums.subspan(1 + sums_of_parameter * k, sums_of_parameter);
      const double count = sums[0];
      const double variance = (own[2] - own[0] * own[0] / count - own[3]) / (count - 1.0);
      of_all.push_back(own[0] / count);
      of_all.push_back(own[1] / count);
      of_all.push_back(own[4] / count);
      of_all.push_back(count > 1.0 && !std::isnan(variance) ? std::sqrt(std::max(0.0, variance)) : nan);
    }
    return of_all;
  };
  const std::vector<Estimated> estimates = estimates_from(
      {rows.size(), seeds, 1 + sums_of_parameter * parameters, add}, effects, confidence, words);
  for (std::size_t k = 0; k < parameters; ++k)
    found.parameters[k] = {estimates[4 * k], estimates[4 * k + 1], estimates[4 * k + 2].value,
                           estimates[4 * k + 3]};
  return found;
}

}  // namespace firesweep
