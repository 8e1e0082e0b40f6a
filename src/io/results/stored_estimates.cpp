#include "results/stored_estimates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "results/estimate_reader.hpp"
#include "results/results_reader.hpp"

namespace firesweep {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

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

void read_of_distribution(const EstimateReader& reader, std::vector<Summary>& summaries) {
  const auto read = [&](const std::string& name, auto Summary::*estimate) {
    reader.read(
        name, [&](std::size_t s) -> auto& { return summaries[s].*estimate; });
  };
  const auto read_of_mean = [&](const std::string& name, double Mean::*number) {
    reader.read(
        name, [&](std::size_t s) -> auto& { return summaries[s].mean.*number; });
  };
  read_of_mean("burn_fraction_mean", &Mean::mean);
  read_of_mean("burn_fraction_sd", &Mean::standard_deviation);
  read_of_mean("burn_fraction_se", &Mean::standard_error);
  read("burn_fraction_mean_ci", &Summary::mean_ci);
  read("burn_fraction_mean_bootstrap_ci", &Summary::mean_bootstrap_ci);
  read("burn_fraction_mean_bounds", &Summary::mean_bounds);
  read("burn_fraction_quantile", &Summary::quantile);
  read("burn_fraction_quantile_ci", &Summary::quantile_ci);
  read("burn_fraction_quantile_bounds", &Summary::quantile_bounds);
  read("burn_fraction_cvar", &Summary::cvar);
  read("burn_fraction_cvar_bounds", &Summary::cvar_bounds);
  read("exceedance", &Summary::exceedance);
  read("exceedance_ci", &Summary::exceedance_ci);
  read("exceedance_band", &Summary::exceedance_band);
  read("exceedance_bounds", &Summary::exceedance_bounds);
  read("exceedance_size_mean", &Summary::exceedance_size);
  read("exceedance_size_ci", &Summary::exceedance_size_ci);
  read("exceedance_size_bounds", &Summary::exceedance_size_bounds);
}

void read_of_kinds(const EstimateReader& reader, std::vector<Summary>& summaries) {
  std::vector<TwoKinds> kinds(summaries.size());
  const auto read = [&](const std::string& name, const auto& place) {
    reader.read(
        name, [&](std::size_t s) -> auto& { return place(kinds[s]); });
  };
  read(
      "escape_border", [](TwoKinds & k) -> auto& { return k.modes.border; });
  read(
      "escape_probability", [](TwoKinds & k) -> auto& { return k.modes.upper_share; });
  read(
      "escape_probability_bounds", [](TwoKinds & k) -> auto& { return k.upper_share_bounds; });
  read(
      "escape_size_mean", [](TwoKinds & k) -> auto& { return k.modes.upper_mean; });
  read(
      "escape_size_bounds", [](TwoKinds & k) -> auto& { return k.upper_mean_bounds; });
  read(
      "contained_size_mean", [](TwoKinds & k) -> auto& { return k.modes.lower_mean; });
  for (std::size_t s = 0; s < summaries.size(); ++s)
    if (!std::isnan(kinds[s].modes.border)) summaries[s].kinds = kinds[s];
}

std::vector<LevelDifferences::Pair> read_pairs(const hdf5::Handle& group,
                                               const std::vector<std::string>& levels) {
  const auto first = hdf5::read_text(hdf5::open_dataset(group.id(), "first_danger_level"));
  const auto second = hdf5::read_text(hdf5::open_dataset(group.id(), "second_danger_level"));
  if (first.size() != second.size()) throw hdf5::Error("make its pairs of danger levels fit one table");
  std::vector<LevelDifferences::Pair> pairs;
  for (std::size_t i = 0; i < first.size(); ++i)
    pairs.push_back({place_of(first[i], levels), place_of(second[i], levels)});
  return pairs;
}

/// Reads what /sensitivity says of the mean into the effects of the axes.
void read_of_mean(const EstimateReader& reader, const std::vector<std::size_t>& axes,
                  std::vector<AxisEffect>& effects) {
  const auto read = [&](const std::string& name, auto AxisEffect::*estimate) {
    reader.read(
        name, [&](std::size_t i) -> auto& { return effects[axes[i]].*estimate; });
  };
  read("mean_effect", &AxisEffect::effect);
  read("mean_effect_ci", &AxisEffect::interval);
  read("mean_effect_normalised", &AxisEffect::normalised);
  read("mean_lowest", &AxisEffect::lowest);
  read("mean_highest", &AxisEffect::highest);
  read("mean_share", &AxisEffect::share);
  read("mean_share_ci", &AxisEffect::share_interval);
}

/// The same of the exceedance of every threshold, of which there are any.
void read_of_exceedance(const EstimateReader& reader, AxisSensitivities& sensitivity) {
  const std::size_t thresholds = sensitivity.exceedance.size();
  const auto read = [&](const std::string& name, auto AxisEffect::*estimate) {
    reader.read(
        name, [&](std::size_t i) -> auto& {
          return sensitivity.exceedance[i % thresholds].axes[sensitivity.axes[i / thresholds]].*estimate;
        });
  };
  read("exceedance_effect", &AxisEffect::effect);
  read("exceedance_effect_ci", &AxisEffect::interval);
  read("exceedance_effect_normalised", &AxisEffect::normalised);
  read("exceedance_share", &AxisEffect::share);
  read("exceedance_share_ci", &AxisEffect::share_interval);
}

void read_places(const hdf5::Handle& group, const std::string& name, const StoredResults& results,
                 AxisSensitivities& sensitivity, std::size_t AxisEffect::*level) {
  const std::vector<std::string> places = hdf5::read_text(hdf5::open_dataset(group.id(), name));
  if (places.size() != sensitivity.axes.size()) throw hdf5::Error("make '" + name + "' fit its axes");
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::size_t axis = sensitivity.axes[i];
    if (!places[i].empty())
      sensitivity.mean.axes[axis].*level = place_of(places[i], results.axes()[axis].labels);
  }
}

Sensitivity read_frame(const hdf5::Handle& group, std::size_t axes) {
  Sensitivity sensitivity;
  sensitivity.scenarios =
      static_cast<std::size_t>(required(hdf5::read_integer_attribute(group.id(), "scenarios"), "scenarios"));
  sensitivity.seeds =
      static_cast<std::size_t>(required(hdf5::read_integer_attribute(group.id(), "seeds"), "seeds"));
  sensitivity.mean = sensitivity.standard_deviation = nan;
  sensitivity.chance = required(hdf5::read_number_attribute(group.id(), "chance_of_mean"), "chance_of_mean");
  sensitivity.axes.resize(axes);
  return sensitivity;
}

}  // namespace

std::vector<Summary> read_summaries(const hdf5::Handle& file, const StoredResults& results) {
  const std::size_t quantiles = results.choices().quantiles.size();
  const std::size_t thresholds = results.choices().thresholds.size();
  std::vector<Summary> summaries(results.counts().size());
  for (std::size_t s = 0; s < summaries.size(); ++s) {
    Summary& summary = summaries[s];
    summary.runs_ok = summary.mean.count = results.counts()[s].ok;
    for (auto* const estimate : {&summary.quantile, &summary.cvar}) estimate->resize(quantiles);
    for (auto* const interval : {&summary.quantile_ci, &summary.quantile_bounds, &summary.cvar_bounds})
      interval->resize(quantiles);
    for (auto* const estimate : {&summary.exceedance, &summary.exceedance_size}) estimate->resize(thresholds);
    for (auto* const interval : {&summary.exceedance_ci, &summary.exceedance_band, &summary.exceedance_bounds,
                                 &summary.exceedance_size_ci, &summary.exceedance_size_bounds})
      interval->resize(thresholds);
  }
  const EstimateReader reader(file, summaries.size());
  read_of_distribution(reader, summaries);
  read_of_kinds(reader, summaries);
  return summaries;
}

std::optional<LevelDifferences> read_differences(const hdf5::Handle& file, const StoredResults& results) {
  if (!hdf5::has_link(file.id(), "paired")) return std::nullopt;
  const hdf5::Handle group = hdf5::open_group(file.id(), "paired");
  const std::vector<std::string>& levels = axis_of(results, "danger_level").labels;
  const std::size_t thresholds = results.choices().thresholds.size();
  LevelDifferences differences;
  differences.pairs = read_pairs(group, levels);
  auto& between = differences.between;
  between.resize(results.counts().size() / levels.size() * differences.pairs.size());

  const EstimateReader reader(group, between.size());
  reader.read(
      "difference_mean", [&](std::size_t i) -> auto& { return between[i].mean.difference.mean; });
  reader.read(
      "difference_ci", [&](std::size_t i) -> auto& { return between[i].mean.interval; });
  reader.read(
      "difference_bounds", [&](std::size_t i) -> auto& { return between[i].mean_bounds; });
  reader.read(
      "variance_reduction", [&](std::size_t i) -> auto& { return between[i].mean.variance_reduction; });
  reader.read(
      "correlation", [&](std::size_t i) -> auto& { return between[i].mean.correlation; });
  const auto seeds = hdf5::read_all<std::uint64_t>(group.id(), "difference_seeds");
  if (seeds.size() != between.size()) throw hdf5::Error("make 'difference_seeds' fit the matrix");
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    Mean& difference = between[i].mean.difference;
    difference.count = seeds[i];
    difference.standard_deviation = difference.standard_error = nan;
    between[i].exceedance.assign(thresholds, {.count = seeds[i], .difference = nan, .interval = {nan, nan}});
    between[i].exceedance_bounds.resize(thresholds);
  }
  reader.read(
      "exceedance_difference_bounds", [&](std::size_t i) -> auto& { return between[i].exceedance_bounds; });
  const EstimateReader at_thresholds(group, between.size() * thresholds);
  const auto point = [&](std::size_t i) -> auto& {
    return between[i / thresholds].exceedance[i % thresholds];
  };
  at_thresholds.read(
      "exceedance_difference", [&](std::size_t i) -> auto& { return point(i).difference; });
  at_thresholds.read(
      "exceedance_difference_ci", [&](std::size_t i) -> auto& { return point(i).interval; });
  return differences;
}

std::optional<AxisSensitivities> read_sensitivity(const hdf5::Handle& file, const StoredResults& results) {
  if (!hdf5::has_link(file.id(), "sensitivity")) return std::nullopt;
  const hdf5::Handle group = hdf5::open_group(file.id(), "sensitivity");
  AxisSensitivities sensitivity;
  for (const std::string& axis : hdf5::read_text(hdf5::open_dataset(group.id(), "axis")))
    sensitivity.axes.push_back(static_cast<std::size_t>(&axis_of(results, axis) - results.axes().data()));
  sensitivity.mean = read_frame(group, results.axes().size());
  read_of_mean(EstimateReader(group, sensitivity.axes.size()), sensitivity.axes, sensitivity.mean.axes);
  read_places(group, "mean_lowest_at", results, sensitivity, &AxisEffect::lowest_level);
  read_places(group, "mean_highest_at", results, sensitivity, &AxisEffect::highest_level);

  const std::size_t thresholds = results.choices().thresholds.size();
  sensitivity.exceedance.assign(thresholds, read_frame(group, results.axes().size()));
  for (Sensitivity& of_threshold : sensitivity.exceedance) of_threshold.chance = nan;
  read_of_exceedance(EstimateReader(group, sensitivity.axes.size() * thresholds), sensitivity);
  return sensitivity;
}

}  // namespace firesweep
