#include "firesweep/ensemble/design_effects.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "firesweep/ensemble/asset_estimates.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/ensemble/summary.hpp"
#include "firesweep/statistics/elementary_effects.hpp"
#include "firesweep/statistics/sample_regression.hpp"
#include "firesweep/statistics/sobol_indices.hpp"

namespace firesweep {
namespace {

/// The runs of one combination of the other axes, quantity by quantity.
class DesignRuns {
 public:
  DesignRuns(const Results& results, std::size_t first_scenario, std::size_t samples)
      : results_(results), first_(first_scenario), samples_(samples) {}

  /// Shape (samples, seeds), NaN unless ok.
  std::vector<double> burn_fractions() const {
    return gathered([&](std::size_t scenario) {
      return firesweep::burn_fractions(results_.records(scenario),
                                       results_.plan().experiment().burnable_cells());
    });
  }

  std::vector<double> lost(std::size_t set) const {
    return gathered([&](std::size_t scenario) {
      return lost_values(results_.records(scenario), results_.losses(scenario), set,
                         results_.plan().experiment().assets);
    });
  }

 private:
  /// Of the seeds that all samples have.
  std::vector<double> gathered(const auto& of_scenario) const {
    const Plan& plan = results_.plan();
    std::size_t seeds = plan.seeds();
    for (std::size_t s = first_; s < first_ + samples_; ++s)
      if (!plan.is_excluded(s)) seeds = std::min(seeds, plan.planned(s));
    std::vector<double> values;
    for (std::size_t s = first_; s < first_ + samples_; ++s) {
      std::vector<double> own = of_scenario(s);
      own.resize(seeds);
      if (plan.is_excluded(s)) std::ranges::fill(own, nan);
      values.insert(values.end(), own.begin(), own.end());
    }
    return values;
  }

  const Results& results_;
  std::size_t first_;
  std::size_t samples_;
};

/// What the parameters of a design do to values of shape (samples, seeds).
class DesignEstimator {
 public:
  DesignEstimator(const SampleAxis& samples, double confidence, const RandomWords& words)
      : samples_(samples), confidence_(confidence), words_(words) {}

  DesignEffects operator()(const std::vector<double>& values) const {
    switch (samples_.design.method) {
      case DesignMethod::sobol:
        return of_sobol(values);
      case DesignMethod::morris:
        return of_morris(values);
      case DesignMethod::latin_hypercube:
      case DesignMethod::random:
      case DesignMethod::cases:
        return of_regression(values);
    }
    return {};
  }

 private:
  std::size_t parameters() const { return samples_.design.parameters(); }
  std::size_t seeds(const std::vector<double>& values) const { return values.size() / samples_.samples(); }

  static DesignEffects effects_of(const DesignSpread& spread) {
    return {.rows = static_cast<double>(spread.rows),
            .rows_dropped = static_cast<double>(spread.rows_dropped),
            .mean = spread.mean,
            .standard_deviation = spread.standard_deviation,
            .chance = spread.chance,
            .parameters = {},
            .second_order = {}};
  }

  DesignEffects of_sobol(const std::vector<double>& values) const {
    const SobolDesign design{values, parameters(), samples_.design.has_second_order, seeds(values)};
    SobolIndices indices = sobol_indices(design, confidence_, words_);
    DesignEffects effects = effects_of(indices.spread);
    for (const SobolIndex& index : indices.parameters) {
      ParameterEffect& effect = effects.parameters.emplace_back();
      effect.first_order = index.first_order;
      effect.first_order_uncorrected = index.first_order_uncorrected;
      effect.total = index.total;
      effect.total_uncorrected = index.total_uncorrected;
    }
    effects.second_order = std::move(indices.second_order);
    return effects;
  }

  DesignEffects of_morris(const std::vector<double>& values) const {
    std::vector<TrajectoryStep> steps;
    for (const MorrisStep& step : morris_steps(samples_.design)) steps.push_back({step.parameter, step.by});
    const EffectsOfDesign of_design =
        elementary_effects(values, steps, parameters(), seeds(values), confidence_, words_);
    DesignEffects effects = effects_of(of_design.spread);
    for (const ElementaryEffects& of_parameter : of_design.parameters) {
      ParameterEffect& effect = effects.parameters.emplace_back();
      effect.mean_effect = of_parameter.mean;
      effect.mean_absolute_effect = of_parameter.mean_absolute;
      effect.inert_effect.value = of_parameter.mean_absolute_inert;
      effect.effect_sd = of_parameter.standard_deviation;
    }
    return effects;
  }

  DesignEffects of_regression(const std::vector<double>& values) const {
    const SampleRegression regression =
        sample_regression(samples_.values, values, parameters(), seeds(values), confidence_, words_);
    DesignEffects effects = effects_of(regression.spread);
    effects.r_squared = regression.r_squared;
    effects.rank_r_squared = regression.rank_r_squared;
    for (const RegressionEffect& of_parameter : regression.parameters) {
      ParameterEffect& effect = effects.parameters.emplace_back();
      effect.regression = of_parameter.coefficient;
      effect.rank_regression = of_parameter.rank_coefficient;
      effect.partial_rank_correlation = of_parameter.partial_rank_correlation;
    }
    return effects;
  }

  const SampleAxis& samples_;
  double confidence_;
  const RandomWords& words_;
};

/// 1 where a value exceeds the threshold, 0 where it does not.
std::vector<double> exceeding(const std::vector<double>& values, double threshold) {
  std::vector<double> shares = values;
  for (double& value : shares)
    if (!std::isnan(value)) value = value > threshold ? 1.0 : 0.0;
  return shares;
}

}  // namespace

std::vector<std::string> design_quantities(const Experiment& experiment) {
  std::vector<std::string> names = {"burn_fraction"};
  for (const double threshold : experiment.outputs.thresholds)
    names.push_back(fmt::format("exceedance_{}", threshold));
  for (const Assets& assets : experiment.assets) names.push_back(assets.name + "_lost");
  return names;
}

std::vector<DesignEffects> design_effects(const Results& results, const RandomWords& words) {
  const Plan& plan = results.plan();
  const SampleAxis* samples = samples_of(plan.experiment());
  if (samples == nullptr) return {};
  std::vector<DesignEffects> effects;
  for (std::size_t first = 0; first < plan.scenarios(); first += samples->samples()) {
    const DesignRuns runs(results, first, samples->samples());
    const std::vector<double> burnt = runs.burn_fractions();
    const DesignEstimator estimate(*samples, plan.experiment().outputs.confidence, words);
    effects.push_back(estimate(burnt));
    for (const double threshold : plan.experiment().outputs.thresholds)
      effects.push_back(estimate(exceeding(burnt, threshold)));
    for (std::size_t set = 0; set < plan.experiment().assets.size(); ++set)
      effects.push_back(estimate(runs.lost(set)));
  }
  return effects;
}

}  // namespace firesweep
