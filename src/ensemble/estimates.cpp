#include "firesweep/ensemble/estimates.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "firesweep/check/side_by_side.hpp"
#include "firesweep/experiment/bootstrap_words.hpp"
#include "firesweep/experiment/season.hpp"
#include "firesweep/statistics/nan.hpp"

namespace firesweep {
namespace {

/// Burn fractions of all runs, shape (scenarios, seeds), NaN unless ok.
class AllRuns {
 public:
  explicit AllRuns(const Results& results) : plan_(results.plan()) {
    const std::uint64_t cells = plan_.experiment().burnable_cells();
    fractions_.resize(plan_.scenarios() * plan_.seeds());
    std::size_t started = 0;
    for (std::size_t scenario = 0; scenario < plan_.scenarios(); ++scenario) {
      const RunRows records = results.records(scenario);
      burn_fractions(records, cells, std::span(fractions_).subspan(scenario * plan_.seeds(), plan_.seeds()));
      started += started_runs(records);
    }
    have_all_started_ = started == results.runs_ok();
    if (!have_all_started_) note_who_never_started(results);
  }

  std::span<const double> all() const { return fractions_; }

  /// The same of the seeds that both have.
  std::span<const double> of_both(std::size_t scenario, std::size_t other) const {
    const std::span<const double> all_seeds = with_all_seeds(scenario);
    return all_seeds.first(
        std::min(all_seeds.size(), std::min(plan_.planned(scenario), plan_.planned(other))));
  }

  /// The same of all seeds, NaN where the scenario has fewer.
  std::span<const double> with_all_seeds(std::size_t scenario) const {
    if (plan_.is_excluded(scenario)) return {};
    return all().subspan(scenario * plan_.seeds(), plan_.seeds());
  }

  bool have_all_started() const { return have_all_started_; }

  /// Of the runs of a scenario but those known to have never started; also without those that have not in
  /// `other`, so that seeds of the two correspond.
  std::vector<double> given_start(std::size_t scenario, std::size_t other) const {
    std::vector<double> kept;
    const std::span<const double> fractions = of_both(scenario, other);
    for (std::size_t seed = 0; seed < fractions.size(); ++seed)
      if (!never_started(scenario, seed) && !never_started(other, seed)) kept.push_back(fractions[seed]);
    return kept;
  }

  /// All, NaN where the run has never started.
  std::vector<double> all_given_start() const {
    std::vector<double> fractions = fractions_;
    for (std::size_t i = 0; i < fractions.size(); ++i)
      if (!never_started_.empty() && never_started_[i]) fractions[i] = nan;
    return fractions;
  }

 private:
  void note_who_never_started(const Results& results) {
    never_started_.reserve(fractions_.size());
    for (std::size_t scenario = 0; scenario < plan_.scenarios(); ++scenario) {
      const RunRows records = results.records(scenario);
      records.of<&RunRecord::ignitions>().visit([&](auto ignitions) {
        for (std::size_t i = 0; i < ignitions.size(); ++i)
          never_started_.push_back(firesweep::never_started(records, i, ignitions[i]));
      });
    }
  }

  bool never_started(std::size_t scenario, std::size_t seed) const {
    return !never_started_.empty() && never_started_[scenario * plan_.seeds() + seed];
  }

  const Plan& plan_;
  std::vector<double> fractions_;
  std::vector<bool> never_started_;  // of the runs ok; empty if all have
  bool have_all_started_ = false;
};

/// The same words, of which each is made once: every scenario draws them. For several threads.
RandomWords remembered(RandomWords words) {
  struct Made {
    std::mutex mutex;
    std::vector<std::uint64_t> words{};
  };
  return [words = std::move(words), made = std::make_shared<Made>()](std::uint64_t first,
                                                                     std::span<std::uint64_t> wanted) {
    const std::lock_guard lock(made->mutex);
    const std::size_t known = made->words.size();
    if (known < first + wanted.size()) {
      made->words.resize(first + wanted.size());
      words(known, std::span(made->words).subspan(known));
    }
    std::ranges::copy(std::span(made->words).subspan(first, wanted.size()), wanted.begin());
  };
}

/// The values of an axis compared, all other coordinates held.
AxisDifferences axis_differences(const Plan& plan, const AllRuns& runs, std::size_t axis) {
  const std::size_t values = plan.shape().length(axis);
  const OutputChoices& choices = plan.experiment().outputs;
  AxisDifferences differences{.axis = axis, .pairs = pairs_of(values), .between = {}, .given_start = {}};
  for (std::size_t rest = 0; rest < plan.scenarios() / values; ++rest) {
    for (const auto& [first, second] : differences.pairs) {
      const std::size_t one = plan.shape().element_at(axis, first, rest);
      const std::size_t other = plan.shape().element_at(axis, second, rest);
      differences.between.push_back(
          compare_values(runs.of_both(one, other), runs.of_both(other, one), choices));
      differences.given_start.push_back(
          runs.have_all_started()
              ? differences.between.back()
              : compare_values(runs.given_start(one, other), runs.given_start(other, one), choices));
    }
  }
  return differences;
}

/// The axes with several values; none if design_effects() tells what they do.
std::vector<std::size_t> varied_axes(const Plan& plan) {
  std::vector<std::size_t> axes;
  if (samples_of(plan.experiment()) != nullptr) return axes;
  for (std::size_t axis = 0; axis < plan.shape().axes(); ++axis)
    if (plan.shape().length(axis) > 1) axes.push_back(axis);
  return axes;
}

/// How many threads may have so many numbers each without that being more memory than is worth counting.
std::size_t threads_for(std::size_t numbers) {
  constexpr std::size_t not_worth_counting = std::size_t{16} << 20;  // [bytes]
  return not_worth_counting / (sizeof(double) * std::max<std::size_t>(numbers, 1));
}

/// What several axes do.
AxisSensitivities sensitivities(const Plan& plan, const std::vector<std::size_t>& axes,
                                std::span<const double> fractions, const RandomWords& words,
                                unsigned threads) {
  AxisSensitivities result;
  result.axes = axes;
  const FactorialValues design{fractions, plan.shape()};
  const OutputChoices& choices = plan.experiment().outputs;
  const std::vector<double>& thresholds = choices.thresholds;
  result.exceedance.resize(thresholds.size());
  const std::size_t at_once = std::max<std::size_t>(1, threads_for(2 * fractions.size()));
  side_by_side(1 + thresholds.size(), std::min<std::size_t>(threads, at_once), [&] {
    return [&](std::size_t i) {
      if (i == 0)
        result.mean = sensitivity_of_mean(design, choices.confidence, words);
      else
        result.exceedance[i - 1] =
            sensitivity_of_exceedance(design, thresholds[i - 1], choices.confidence, words);
    };
  });
  return result;
}

/// Burn fractions of all scenarios, over all of their runs and over those that started.
void add_summaries(const Results& results, const RandomWords& words, unsigned threads, Estimates& estimates) {
  const Plan& plan = results.plan();
  const OutputChoices& choices = plan.experiment().outputs;
  const std::uint64_t cells = plan.experiment().burnable_cells();
  estimates.scenarios.resize(plan.scenarios());
  estimates.given_start.resize(plan.scenarios());
  const auto have_all_started = [&](std::size_t scenario) {
    const RunRows records = results.records(scenario);
    return started_runs(records) == records.count(RunStatus::ok);
  };
  const std::size_t at_once = std::max(estimated_copies, threads_for(plan.seeds()));
  side_by_side(2 * plan.scenarios(), std::min<std::size_t>(threads, at_once), [&] {
    // One piece of memory for all: that of new ones would have to be cleared.
    return [&, fractions = std::vector<double>()](std::size_t i) mutable {
      const std::size_t scenario = i / 2;
      const RunRows planned = results.records(scenario).first(plan.planned(scenario));
      if (i % 2 == 0) {
        fractions.resize(planned.size());
        burn_fractions(planned, cells, fractions);
        estimates.scenarios[scenario] = summarise_in_place(fractions, choices, words);
      } else if (!have_all_started(scenario)) {
        burn_fractions_given_start(planned, cells, fractions);
        estimates.given_start[scenario] = summarise_in_place(fractions, choices, words);
      }
    };
  });
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario) {
    Summary& all = estimates.scenarios[scenario];
    Summary& started = estimates.given_start[scenario];
    add_starts(all, results.records(scenario), choices.confidence);
    if (have_all_started(scenario)) started = all;
    started.runs_started = all.runs_started;
    started.runs_cut_off = all.runs_cut_off;
  }
}

/// The parts of each year, with of(scenario) as what their runs came to. What is excluded is not known.
template <class Of>
std::vector<std::vector<SeasonPart>> parts_of_years(const Plan& plan, const std::vector<double>& unknown,
                                                    const Of& of) {
  std::vector<std::vector<SeasonPart>> years;
  for (const std::vector<SeasonScenario>& scenarios : seasons_of(*plan.experiment().season, plan.shape())) {
    std::vector<SeasonPart>& parts = years.emplace_back();
    for (const auto& [scenario, rate] : scenarios)
      parts.push_back({rate, plan.is_excluded(scenario) ? std::span(unknown) : of(scenario)});
  }
  return years;
}

/// A year of fires for each value of the axes that the season keeps.
std::vector<SeasonEstimate> year_estimates(const Plan& plan, const AllRuns& runs, const RandomWords& words) {
  const Experiment& experiment = plan.experiment();
  const std::vector<double> unknown(plan.seeds(), nan);
  std::vector<SeasonEstimate> years;
  for (const auto& parts :
       parts_of_years(plan, unknown, [&](std::size_t scenario) { return runs.with_all_seeds(scenario); }))
    years.push_back(season_estimate(parts, experiment.outputs.thresholds, experiment.season->return_periods,
                                    experiment.outputs.confidence, words));
  return years;
}

/// What runs took of each set of assets [unit], shape (sets, scenarios, seeds), NaN unless ok; of an excluded scenario
/// none.
using AllLosses = std::vector<std::vector<std::vector<double>>>;

AllLosses all_losses(const Results& results) {
  const Plan& plan = results.plan();
  const std::vector<Assets>& sets = plan.experiment().assets;
  AllLosses lost(sets.size());
  for (std::size_t set = 0; set < sets.size(); ++set)
    for (std::size_t s = 0; s < plan.scenarios(); ++s)
      lost[set].push_back(plan.is_excluded(s)
                              ? std::vector<double>()
                              : lost_values(results.records(s), results.losses(s), set, sets));
  return lost;
}

/// A year of losses, shape (years, sets).
std::vector<AssetYear> asset_year_estimates(const Plan& plan, const AllLosses& lost,
                                            const RandomWords& words) {
  const Experiment& experiment = plan.experiment();
  const std::vector<Assets>& sets = experiment.assets;
  if (!experiment.season || sets.empty()) return {};
  const std::vector<double> unknown(plan.seeds(), nan);
  std::vector<std::vector<AssetYear>> of_sets;
  for (std::size_t set = 0; set < sets.size(); ++set) {
    std::vector<AssetYear>& years = of_sets.emplace_back();
    for (const auto& parts :
         parts_of_years(plan, unknown, [&](std::size_t s) { return std::span<const double>(lost[set][s]); }))
      years.push_back(estimate_year(parts, sets[set], experiment.season->return_periods,
                                    experiment.outputs.confidence, words));
  }
  std::vector<AssetYear> estimates;
  for (std::size_t year = 0; year < of_sets.front().size(); ++year)
    for (const std::vector<AssetYear>& years : of_sets) estimates.push_back(years[year]);
  return estimates;
}

/// Adds what the values of an axis do to losses.
void add_losses(const Plan& plan, const AllLosses& lost, AxisDifferences& differences) {
  const std::vector<Assets>& sets = plan.experiment().assets;
  const MatrixShape& shape = plan.shape();
  for (std::size_t rest = 0; rest < plan.scenarios() / shape.length(differences.axis); ++rest)
    for (const auto& [first, second] : differences.pairs)
      for (std::size_t set = 0; set < sets.size(); ++set) {
        const std::size_t one = shape.element_at(differences.axis, first, rest);
        const std::size_t other = shape.element_at(differences.axis, second, rest);
        const std::size_t seeds = std::min(plan.planned(one), plan.planned(other));
        const auto of_both = [&](const std::vector<double>& values) {
          return std::span(values).first(std::min(values.size(), seeds));
        };
        differences.losses.push_back(compare_losses(of_both(lost[set][one]), of_both(lost[set][other]),
                                                    sets[set], plan.experiment().outputs));
      }
}

/// What the values of an axis that the season keeps do to its years, whose sums over seeds are given.
std::vector<PairedDifference> compare_years(const Plan& plan, const AxisDifferences& differences,
                                            const std::vector<std::vector<double>>& sums) {
  std::vector<std::size_t> lengths;
  std::size_t place = 0;  // of the axis among those that the season keeps
  for (std::size_t axis = 0; axis < plan.shape().axes(); ++axis) {
    if (!plan.experiment().season->keeps(axis)) continue;
    if (axis == differences.axis) place = lengths.size();
    lengths.push_back(plan.shape().length(axis));
  }
  const MatrixShape kept(lengths);
  std::vector<PairedDifference> compared;
  for (std::size_t rest = 0; rest < sums.size() / kept.length(place); ++rest)
    for (const auto& [first, second] : differences.pairs)
      compared.push_back(paired_difference(sums[kept.element_at(place, second, rest)],
                                           sums[kept.element_at(place, first, rest)],
                                           plan.experiment().outputs.confidence));
  return compared;
}

/// Adds what the values of an axis do to a year, if the season keeps the axis.
void add_years(const Plan& plan, const AllRuns& runs, const AllLosses& lost, AxisDifferences& differences) {
  const std::optional<Season>& season = plan.experiment().season;
  if (!season || !season->keeps(differences.axis)) return;
  const std::vector<double> unknown(plan.seeds(), nan);
  const auto years = [&](const auto& of) {
    std::vector<std::vector<double>> sums;
    for (const auto& parts : parts_of_years(plan, unknown, of)) sums.push_back(year_sums(parts));
    return compare_years(plan, differences, sums);
  };
  differences.years = years([&](std::size_t s) { return runs.with_all_seeds(s); });
  std::vector<std::vector<PairedDifference>> of_sets;
  for (const auto& of_set : lost)
    of_sets.push_back(years([&](std::size_t s) { return std::span<const double>(of_set[s]); }));
  for (std::size_t i = 0; i < differences.years.size(); ++i)
    for (const std::vector<PairedDifference>& of_set : of_sets) differences.loss_years.push_back(of_set[i]);
}

/// What is lost of each set of assets, shape (scenarios, sets). What is excluded is not known.
std::vector<AssetEstimate> asset_estimates(const Results& results, const RandomWords& words) {
  const Plan& plan = results.plan();
  const std::vector<Assets>& sets = plan.experiment().assets;
  std::vector<AssetEstimate> estimates;
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario) {
    const RunRows records = results.records(scenario).first(plan.planned(scenario));
    const std::span<const AssetLoss> losses = results.losses(scenario);
    for (std::size_t set = 0; set < sets.size(); ++set)
      estimates.push_back(estimate_loss(lost_values(records, losses, set, sets),
                                        arrival_values(records, losses, set, sets.size()), sets[set],
                                        plan.experiment().outputs, words));
  }
  return estimates;
}

}  // namespace

Estimates estimate(const Results& results, unsigned threads) {
  const Plan& plan = results.plan();
  const Experiment& experiment = plan.experiment();
  const OutputChoices& choices = experiment.outputs;
  std::optional<AllRuns> all_runs;
  const auto runs = [&]() -> const AllRuns& {  // large, and not for every experiment
    if (!all_runs) all_runs.emplace(results);
    return *all_runs;
  };
  const RandomWords words = remembered(bootstrap_words(experiment));
  Estimates estimates;
  add_summaries(results, words, threads, estimates);
  for (std::size_t scenario = 0; choices.run_curves && scenario < plan.scenarios(); ++scenario)
    estimates.bands.push_back(
        curve_bands(results.run_curves(scenario), experiment.burnable_cells(), choices.quantiles));
  const AllLosses lost = all_losses(results);
  for (const std::size_t axis : compared_axes(experiment)) {
    AxisDifferences& differences = estimates.differences.emplace_back(axis_differences(plan, runs(), axis));
    add_losses(plan, lost, differences);
    add_years(plan, runs(), lost, differences);
  }
  estimates.assets = asset_estimates(results, words);
  if (experiment.season) estimates.years = year_estimates(plan, runs(), words);
  estimates.asset_years = asset_year_estimates(plan, lost, words);
  if (const std::vector<std::size_t> axes = varied_axes(plan); axes.size() > 1) {
    estimates.sensitivity = sensitivities(plan, axes, runs().all(), words, threads);
    estimates.sensitivity_given_start =
        runs().have_all_started() ? estimates.sensitivity
                                  : sensitivities(plan, axes, runs().all_given_start(), words, threads);
  }
  estimates.design = design_effects(results, words);
  return estimates;
}

}  // namespace firesweep
