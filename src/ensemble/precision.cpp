#include "firesweep/ensemble/precision.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "firesweep/check/contract.hpp"
#include "firesweep/ensemble/asset_estimates.hpp"
#include "firesweep/ensemble/summary.hpp"
#include "firesweep/statistics/interval.hpp"
#include "firesweep/statistics/quantile.hpp"

namespace firesweep {
namespace {

std::vector<double> known(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  return values;
}

/// The mean of values from 0 to `most`.
Estimated mean_estimate(const std::vector<double>& values, double most, double confidence) {
  const Mean mean = mean_of(values);
  if (values.size() < 2 || mean.standard_deviation > 0.0)
    return {mean.mean, mean_interval(mean, stopping_confidence(confidence))};
  // All are alike. The share of runs that would not be may be as large as none of so many allows, and those may be
  // anything.
  const double others = wilson_interval(0, values.size(), confidence).upper;
  return {mean.mean, {mean.mean - others * mean.mean, mean.mean + others * (most - mean.mean)}};
}

Estimated share_estimate(std::size_t count, std::size_t of, double confidence) {
  if (of == 0) return {};
  if (count > 0 && count < of) confidence = stopping_confidence(confidence);
  return {static_cast<double>(count) / static_cast<double>(of), wilson_interval(count, of, confidence)};
}

Estimated quantile_estimate(std::vector<double> values, double q, double confidence) {
  if (values.empty()) return {};
  sort_values(values);
  return {quantile(values, q), quantile_interval(values, q, confidence)};
}

Estimated estimate_of(const Results& results, std::size_t scenario, std::size_t seeds,
                      const PrecisionTarget& target) {
  const Experiment& experiment = results.plan().experiment();
  const double confidence = experiment.outputs.confidence;
  const RunRows records = results.records(scenario).first(seeds);
  const auto fractions = [&] { return known(burn_fractions(records, experiment.burnable_cells())); };
  switch (target.of) {
    case PrecisionTarget::Of::mean:
      return mean_estimate(fractions(), 1.0, confidence);
    case PrecisionTarget::Of::exceedance: {
      const std::vector<double> values = fractions();
      const auto over = std::ranges::count_if(values, [&](double value) { return value > target.at; });
      return share_estimate(static_cast<std::size_t>(over), values.size(), confidence);
    }
    case PrecisionTarget::Of::quantile:
      return quantile_estimate(fractions(), target.at, stopping_confidence(confidence));
    case PrecisionTarget::Of::started:  // nothing has started in runs that are not ok
      return share_estimate(started_runs(records), records.count(RunStatus::ok), confidence);
    case PrecisionTarget::Of::loss: {
      const std::vector<Assets>& sets = experiment.assets;
      const auto set = std::ranges::find(sets, target.assets, &Assets::name);
      expects(set != sets.end(), "a target is of a set that there is");
      return mean_estimate(known(lost_values(records, results.losses(scenario),
                                             static_cast<std::size_t>(set - sets.begin()), sets)),
                           set->total, confidence);
    }
  }
  return {};
}

constexpr double infinite = std::numeric_limits<double>::infinity();

bool is_complete(const Results& results, std::size_t scenario, std::size_t seeds) {
  return seeds <= results.plan().seeds() &&
         results.records(scenario).first(seeds).count(RunStatus::missing) == 0;
}

std::size_t last_known(const RunRows& records) {
  std::size_t seeds = records.size();
  while (seeds > 0 && records[seeds - 1].status == RunStatus::missing) --seeds;
  return seeds;
}

}  // namespace

double stopping_confidence(double confidence) {
  return 1.0 - (1.0 - confidence) / 2.0;
}

Precision precision_of(const Results& results, std::size_t scenario, std::size_t seeds,
                       const PrecisionTarget& target) {
  Precision found{.estimate = estimate_of(results, scenario, seeds, target)};
  found.half_width = (found.estimate.interval.upper - found.estimate.interval.lower) / 2.0;
  if (target.is_relative) found.half_width /= std::abs(found.estimate.value);
  found.is_met = found.half_width <= target.half_width;  // not of NaN
  return found;
}

std::size_t targets_met(const Results& results, std::size_t scenario, std::size_t seeds) {
  const std::optional<StoppingRule>& rule = results.plan().experiment().until;
  if (!rule) return 0;
  return static_cast<std::size_t>(std::ranges::count_if(rule->targets, [&](const PrecisionTarget& target) {
    return precision_of(results, scenario, seeds, target).is_met;
  }));
}

std::vector<std::size_t> stages_of(const Results& results) {
  const Plan& plan = results.plan();
  const std::optional<StoppingRule>& rule = plan.experiment().until;
  std::vector<std::size_t> stages(plan.scenarios(), plan.seeds());
  for (std::size_t s = 0; rule && s < plan.scenarios(); ++s) {
    if (plan.is_excluded(s)) continue;
    std::size_t stage = rule->stage_of(last_known(results.records(s)));
    while (stage < rule->most && is_complete(results, s, stage) &&
           targets_met(results, s, stage) < rule->targets.size())
      stage = rule->next(stage);
    stages[s] = stage;
  }
  return stages;
}

std::size_t expected_seeds(const Results& results, std::size_t scenario) {
  const StoppingRule& rule = results.plan().experiment().until.value();
  const std::size_t known = last_known(results.records(scenario));
  double factor = 1.0;
  for (const PrecisionTarget& target : rule.targets) {
    const double short_of = precision_of(results, scenario, known, target).half_width / target.half_width;
    factor = std::isnan(short_of) ? infinite : std::max(factor, short_of * short_of);
  }
  const double seeds = factor * static_cast<double>(known);
  if (known == 0 || !(seeds < static_cast<double>(rule.most))) return rule.most;
  return rule.stage_of(static_cast<std::size_t>(std::ceil(seeds)));
}

Plan plan_of_stages(const Plan& plan, std::vector<std::size_t> stages) {
  Experiment experiment = plan.experiment();
  std::size_t seeds = experiment.until->first_stage;
  for (std::size_t s = 0; s < plan.scenarios(); ++s)
    if (!plan.is_excluded(s)) seeds = std::max(seeds, stages[s]);
  experiment.seeds = Seeds(experiment.seeds.front(), seeds);
  return Plan(std::move(experiment), std::move(stages));
}

}  // namespace firesweep
