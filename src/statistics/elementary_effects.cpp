#include "firesweep/statistics/elementary_effects.hpp"

#include <algorithm>
#include <cmath>

#include "row_bootstrap.hpp"

namespace firesweep {
namespace {

/// Sums over trajectories for each parameter: of effects, of their sizes, of their squares, and of the noise in these.
constexpr std::size_t sums_of_parameter = 4;

}  // namespace

EffectsOfDesign elementary_effects(std::span<const double> values, std::span<const TrajectoryStep> steps,
                                   std::size_t parameters, std::size_t seeds, double confidence,
                                   const RandomWords& words) {
  const DesignRows rows(values, parameters + 1, seeds);
  EffectsOfDesign found{.spread = spread_of(rows, 0, parameters + 1), .parameters = {}};
  found.parameters.resize(parameters);
  if (rows.size() == 0) return found;
  const auto add = [&](std::size_t row, LeftOut seed, std::span<double> sums) {
    sums[0] += 1.0;
    std::vector<double> effect(seeds);
    for (std::size_t i = 0; i < parameters; ++i) {
      const TrajectoryStep& step = steps[rows.number(row) * parameters + i];
      std::ranges::transform(rows.runs(row, i + 1), rows.runs(row, i), effect.begin(),
                             [&](double after, double before) { return (after - before) / step.by; });
      const SeedMean of(effect);
      const auto own = sums.subspan(1 + sums_of_parameter * step.parameter, sums_of_parameter);
      const double mean = of.mean(seed);
      own[0] += mean;
      own[1] += std::abs(mean);
      own[2] += mean * mean;
      own[3] += of.noise(seed);
    }
  };
  const auto effects = [&](std::span<const double> sums) {
    std::vector<double> of_all;
    for (std::size_t k = 0; k < parameters; ++k) {
      const auto own = sums.subspan(1 + sums_of_parameter * k, sums_of_parameter);
      const double count = sums[0];
      const double variance = (own[2] - own[0] * own[0] / count) / (count - 1.0) - own[3] / count;
      of_all.push_back(own[0] / count);
      of_all.push_back(own[1] / count);
      of_all.push_back(count > 1.0 && !std::isnan(variance) ? std::sqrt(std::max(0.0, variance)) : nan);
    }
    return of_all;
  };
  const std::vector<Estimated> estimates = estimates_from(
      {rows.size(), seeds, 1 + sums_of_parameter * parameters, add}, effects, confidence, words);
  for (std::size_t k = 0; k < parameters; ++k)
    found.parameters[k] = {estimates[3 * k], estimates[3 * k + 1], estimates[3 * k + 2]};
  return found;
}

}  // namespace firesweep
