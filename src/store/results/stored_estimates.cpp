#include "results/stored_estimates.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

#include "firesweep/ensemble/asset_arrays.hpp"
#include "firesweep/ensemble/comparison_arrays.hpp"
#include "firesweep/statistics/nan.hpp"

#include "results/estimate_reader.hpp"
#include "results/results_reader.hpp"
#include "results/stored_matrix.hpp"

namespace firesweep {
namespace {

std::size_t place_of(const std::string& label, const std::vector<std::string>& labels) {
  const auto found = std::ranges::find(labels, label);
  if (found == labels.end()) throw hdf5::Error("find '" + label + "' on its axis");
  return static_cast<std::size_t>(found - labels.begin());
}

const StoredAxis& axis_of(const StoredResults& results, std::string_view name) {
  const auto found = std::ranges::find(results.axes(), name, &StoredAxis::name);
  if (found == results.axes().end()) throw hdf5::Error("find the axis '" + std::string(name) + "'");
  return *found;
}

std::vector<AxisPair> read_pairs(const hdf5::Handle& group, const StoredAxis& axis) {
  const std::vector<std::string>& labels = axis.labels;
  const auto read = [&](const std::string& name, hdf5::Count expected) {
    return hdf5::read_text(hdf5::open_dataset(group.id(), name), expected);
  };
  const auto first = read(first_of_pair(axis.name), hdf5::at_most(count_pairs(labels.size())));
  const auto second = read(second_of_pair(axis.name), hdf5::exactly(first.size()));
  std::unordered_map<std::string, std::size_t> places;  // of an axis may be very many
  for (std::size_t i = 0; i < labels.size(); ++i) places.emplace(labels[i], i);
  const auto place_of_value = [&](const std::string& value) {
    const auto found = places.find(value);
    if (found == places.end()) throw hdf5::Error("find '" + value + "' on its axis");
    return found->second;
  };
  std::vector<AxisPair> pairs;
  for (std::size_t i = 0; i < first.size(); ++i)
    pairs.push_back({place_of_value(first[i]), place_of_value(second[i])});
  return pairs;
}

void read_places(const hdf5::Handle& group, const std::string& name, const StoredResults& results,
                 AxisSensitivities& sensitivity, std::size_t AxisEffect::*level) {
  const std::vector<std::string> places =
      hdf5::read_text(hdf5::open_dataset(group.id(), name), hdf5::exactly(sensitivity.axes.size()));
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::size_t axis = sensitivity.axes[i];
    if (!places[i].empty())
      sensitivity.mean.axes[axis].*level = place_of(places[i], results.axes()[axis].labels);
  }
}

/// What an older firesweep took over other scenarios than the variance is no share of it.
void forget_shares(Sensitivity& sensitivity) {
  for (AxisEffect& axis : sensitivity.axes) {
    axis.share = nan;
    axis.share_interval = {nan, nan};
  }
}

/// How many scenarios the effects of each axis compare.
void read_compared(const hdf5::Handle& group, const std::string& suffix, const StoredResults& results,
                   AxisSensitivities& sensitivity) {
  const std::string name = std::string(arrays::effect_scenarios.name) + suffix;
  if (!hdf5::has_link(group.id(), name)) {  // not in format 1
    if (sensitivity.mean.scenarios == results.counts().size()) return;
    forget_shares(sensitivity.mean);
    std::ranges::for_each(sensitivity.exceedance, forget_shares);
    return;
  }
  const auto compared =
      hdf5::read_all<std::int32_t>(group.id(), name, hdf5::exactly(sensitivity.axes.size()));
  for (std::size_t i = 0; i < compared.size(); ++i)
    sensitivity.mean.axes[sensitivity.axes[i]].scenarios = static_cast<std::size_t>(std::max(compared[i], 0));
}

Sensitivity read_frame(const hdf5::Handle& group, const std::string& suffix, std::size_t axes) {
  const auto count = [&](const std::string& name) {
    return static_cast<std::size_t>(required(hdf5::read_integer_attribute(group.id(), name + suffix), name));
  };
  const std::string chance = "chance_of_mean" + suffix;
  Sensitivity sensitivity;
  sensitivity.scenarios = count("scenarios");
  sensitivity.seeds = count("seeds");
  sensitivity.mean = sensitivity.standard_deviation = nan;
  sensitivity.chance = required(hdf5::read_number_attribute(group.id(), chance), chance);
  sensitivity.axes.resize(axes);
  return sensitivity;
}

std::vector<PairDifference> read_between(const hdf5::Handle& group, const std::string& suffix,
                                         std::size_t count, std::size_t thresholds) {
  const std::string of_seeds = std::string(arrays::difference_seeds.name) + suffix;
  const auto seeds = hdf5::read_all<std::int64_t>(group.id(), of_seeds, hdf5::exactly(count));
  std::vector<PairDifference> between(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto common = static_cast<std::size_t>(std::max<std::int64_t>(seeds[i], 0));
    Mean& difference = between[i].mean.difference;
    difference.count = common;
    difference.standard_deviation = difference.standard_error = nan;
    between[i].exceedance.assign(thresholds, {.count = common, .difference = nan, .interval = {nan, nan}});
    between[i].exceedance_bounds.resize(thresholds);
  }
  for (const EstimateRow<PairDifference>& row : difference_rows())
    read_estimate(group, std::string(row.name) + suffix, row, count,
                  [&](std::size_t i) -> PairDifference& { return between[i]; });
  return between;
}

AxisSensitivities read_analysis(const hdf5::Handle& group, const std::string& suffix,
                                const StoredResults& results) {
  AxisSensitivities sensitivity;
  for (const std::string& axis :
       hdf5::read_text(hdf5::open_dataset(group.id(), std::string(arrays::axis.name)),
                       hdf5::at_most(results.axes().size())))
    sensitivity.axes.push_back(static_cast<std::size_t>(&axis_of(results, axis) - results.axes().data()));
  const std::size_t axes = sensitivity.axes.size();
  sensitivity.mean = read_frame(group, suffix, results.axes().size());
  for (const EstimateRow<AxisEffect>& row : mean_effect_rows())
    read_estimate(group, std::string(row.name) + suffix, row, axes,
                  [&](std::size_t i) -> AxisEffect& { return sensitivity.mean.axes[sensitivity.axes[i]]; });
  read_places(group, std::string(arrays::mean_lowest_at.name) + suffix, results, sensitivity,
              &AxisEffect::lowest_level);
  read_places(group, std::string(arrays::mean_highest_at.name) + suffix, results, sensitivity,
              &AxisEffect::highest_level);

  const std::size_t thresholds = results.choices().thresholds.size();
  sensitivity.exceedance.assign(thresholds, read_frame(group, suffix, results.axes().size()));
  for (Sensitivity& of_threshold : sensitivity.exceedance) of_threshold.chance = nan;
  for (const EstimateRow<AxisEffect>& row : exceedance_effect_rows())
    read_estimate(group, std::string(row.name) + suffix, row, axes * thresholds,
                  [&](std::size_t i) -> AxisEffect& {
                    return sensitivity.exceedance[i % thresholds].axes[sensitivity.axes[i / thresholds]];
                  });
  read_compared(group, suffix, results, sensitivity);
  return sensitivity;
}

/// What the values of an axis do to losses.
void read_loss_differences(const hdf5::Handle& group, const std::vector<Assets>& sets,
                           AxisDifferences& found) {
  const std::size_t pairs = found.between.size();
  for (std::size_t i = 0; i < pairs; ++i)
    for (const Assets& assets : sets) {
      LossDifference& difference = found.losses.emplace_back();
      difference.loss.exceedance.assign(assets.thresholds.size(),
                                        {.count = 0, .difference = nan, .interval = {nan, nan}});
      difference.loss.exceedance_bounds.resize(assets.thresholds.size());
    }
  for (std::size_t set = 0; set < sets.size(); ++set) {
    const auto of = [&](std::size_t i) -> LossDifference& { return found.losses[i * sets.size() + set]; };
    for (const auto& row : arrays_of(sets[set]).difference_rows())
      read_estimate(group, std::string(row.name), row, pairs,
                    [&](std::size_t i) -> PairDifference& { return of(i).loss; });
    for (const auto& row : arrays_of(sets[set]).hit_difference_rows())
      read_estimate(group, std::string(row.name), row, pairs,
                    [&](std::size_t i) -> PairedExceedance& { return of(i).hit; });
  }
}

/// What they do to a year, where the season keeps the axis.
void read_year_differences(const hdf5::Handle& group, const Plan& plan, AxisDifferences& found) {
  const std::optional<Season>& season = plan.experiment().season;
  const std::vector<Assets>& sets = plan.experiment().assets;
  if (!season || !season->keeps(found.axis) ||
      !hdf5::has_link(group.id(), std::string(year_difference_rows().front().name)))
    return;
  const std::size_t pairs =
      seasons_of(*season, plan.shape()).size() / plan.shape().length(found.axis) * found.pairs.size();
  found.years.resize(pairs);
  found.loss_years.resize(pairs * sets.size());
  for (const auto& row : year_difference_rows())
    read_estimate(group, std::string(row.name), row, pairs,
                  [&](std::size_t i) -> PairedDifference& { return found.years[i]; });
  for (std::size_t set = 0; set < sets.size(); ++set)
    for (const auto& row : arrays_of(sets[set]).year_difference_rows())
      read_estimate(group, std::string(row.name), row, pairs, [&](std::size_t i) -> PairedDifference& {
        return found.loss_years[i * sets.size() + set];
      });
}

AxisDifferences read_axis_differences(const hdf5::Handle& group, const StoredResults& results,
                                      std::size_t axis) {
  const StoredAxis& compared = results.axes()[axis];
  const std::size_t thresholds = results.choices().thresholds.size();
  AxisDifferences differences;
  differences.axis = axis;
  differences.pairs = read_pairs(group, compared);
  const std::size_t count = results.counts().size() / compared.labels.size() * differences.pairs.size();
  differences.between = read_between(group, "", count, thresholds);
  const std::string suffix(given_start_suffix);
  if (hdf5::has_link(group.id(), std::string(arrays::difference_seeds.name) + suffix))  // not in format 1
    differences.given_start = read_between(group, suffix, count, thresholds);
  return differences;
}

}  // namespace

std::vector<Summary> read_summaries(const hdf5::Handle& file, const StoredResults& results, RunsBehind runs) {
  const bool is_given_start = runs == RunsBehind::started;
  const std::size_t count = results.counts().size();
  std::vector<Summary> summaries(
      count, unknown_summary(results.choices().quantiles.size(), results.choices().thresholds.size()));
  for (std::size_t s = 0; s < count; ++s) {
    const RunCounts& counts = results.counts()[s];
    summaries[s].runs_ok = summaries[s].mean.count = is_given_start ? counts.started : counts.ok;
    summaries[s].runs_started = counts.started;
    summaries[s].runs_cut_off = counts.cut_off;
  }
  for (const EstimateRow<Summary>& row : summary_rows()) {
    const bool has_twin = row.given_start == EstimateRow<Summary>::GivenStart::differs;
    const std::string name =
        std::string(row.name) + std::string(is_given_start && has_twin ? given_start_suffix : "");
    read_estimate(file, name, row, count, [&](std::size_t s) -> Summary& { return summaries[s]; });
  }
  return summaries;
}

std::vector<AxisDifferences> read_differences(const hdf5::Handle& file, const StoredResults& results,
                                              const std::optional<Plan>& plan) {
  std::vector<AxisDifferences> differences;
  for (std::size_t axis = 0; axis < results.axes().size(); ++axis) {
    const std::string name = comparison_group(results.axes()[axis].name);
    if (!hdf5::has_link(file.id(), name)) continue;
    const hdf5::Handle group = hdf5::open_group(file.id(), name);
    AxisDifferences& found = differences.emplace_back(read_axis_differences(group, results, axis));
    if (plan) read_loss_differences(group, plan->experiment().assets, found);
    if (plan) read_year_differences(group, *plan, found);
  }
  return differences;
}

std::vector<AssetEstimate> read_asset_estimates(const hdf5::Handle& file, const StoredResults& results,
                                                const Plan& plan) {
  const std::vector<Assets>& sets = plan.experiment().assets;
  const std::size_t scenarios = results.counts().size();
  std::vector<AssetEstimate> estimates;
  for (std::size_t s = 0; s < scenarios; ++s)
    for (const Assets& assets : sets)
      estimates.push_back(unknown_asset_estimate(assets, results.choices().quantiles.size()));
  for (std::size_t set = 0; set < sets.size(); ++set) {
    const AssetArrays& own = arrays_of(sets[set]);
    for (const EstimateRow<Summary>& row : own.loss_rows())
      read_estimate(file, std::string(row.name), row, scenarios,
                    [&](std::size_t s) -> Summary& { return estimates[s * sets.size() + set].loss; });
    for (const EstimateRow<AssetHits>& row : own.hit_rows())
      read_estimate(file, std::string(row.name), row, scenarios,
                    [&](std::size_t s) -> AssetHits& { return estimates[s * sets.size() + set].hits; });
  }
  for (std::size_t s = 0; s < scenarios; ++s)
    for (std::size_t set = 0; set < sets.size(); ++set)
      estimates[s * sets.size() + set].loss.runs_ok = results.counts()[s].ok;
  return estimates;
}

std::vector<SeasonEstimate> read_years(const hdf5::Handle& file, const StoredResults& results,
                                       const Plan& plan) {
  const std::optional<Season>& season = plan.experiment().season;
  if (!season || !hdf5::has_link(file.id(), std::string(arrays::return_period.group))) return {};
  const hdf5::Handle group = group_of(file, arrays::return_period);
  std::vector<SeasonEstimate> years(
      seasons_of(*season, plan.shape()).size(),
      unknown_year(results.choices().thresholds.size(), season->return_periods.size()));
  for (const EstimateRow<SeasonEstimate>& row : season_rows())
    read_estimate(group, std::string(row.name), row, years.size(),
                  [&](std::size_t i) -> SeasonEstimate& { return years[i]; });
  return years;
}

std::vector<AssetYear> read_asset_years(const hdf5::Handle& file, const Plan& plan) {
  const std::optional<Season>& season = plan.experiment().season;
  const std::vector<Assets>& sets = plan.experiment().assets;
  if (!season || !hdf5::has_link(file.id(), std::string(arrays::return_period.group))) return {};
  const hdf5::Handle group = group_of(file, arrays::return_period);
  const std::size_t years = seasons_of(*season, plan.shape()).size();
  std::vector<AssetYear> estimates;
  for (std::size_t year = 0; year < years; ++year)
    for (const Assets& assets : sets)
      estimates.push_back(unknown_asset_year(assets, season->return_periods.size()));
  for (std::size_t set = 0; set < sets.size(); ++set) {
    const AssetArrays& own = arrays_of(sets[set]);
    const auto of = [&](std::size_t year) -> AssetYear& { return estimates[year * sets.size() + set]; };
    for (const EstimateRow<SeasonEstimate>& row : own.year_loss_rows())
      read_estimate(group, std::string(row.name), row, years,
                    [&](std::size_t year) -> SeasonEstimate& { return of(year).loss; });
    for (const EstimateRow<SeasonExceedance>& row : own.year_hit_rows())
      read_estimate(group, std::string(row.name), row, years,
                    [&](std::size_t year) -> SeasonExceedance& { return of(year).hit; });
  }
  return estimates;
}

std::optional<AxisSensitivities> read_sensitivity(const hdf5::Handle& file, const StoredResults& results,
                                                  RunsBehind runs) {
  if (!hdf5::has_link(file.id(), std::string(arrays::axis.group))) return std::nullopt;
  const hdf5::Handle group = group_of(file, arrays::axis);
  const std::string suffix(runs == RunsBehind::started ? given_start_suffix : "");
  if (!hdf5::has_link(group.id(), "mean_effect" + suffix)) return std::nullopt;  // as in format 1
  return read_analysis(group, suffix, results);
}

}  // namespace firesweep
