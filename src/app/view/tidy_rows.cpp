#include "view/tidy_rows.hpp"

#include <cmath>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/ensemble/estimate_rows.hpp"

namespace firesweep {
namespace {

constexpr const char* t_interval = "t";
constexpr const char* wilson = "Wilson";
constexpr const char* bootstrap = "bootstrap";

void add_kinds(std::vector<TidyRow>& rows, const TwoKinds& kinds) {
  const auto add = [&](const char* estimate, double value, const Interval& bounds = TidyRow::unknown) {
    rows.push_back({.estimate = estimate, .at = {}, .value = value, .method = {}, .bounds = bounds});
  };
  add("escape_border", kinds.modes.border);
  add("escape_probability", kinds.modes.upper_share, kinds.upper_share_bounds);
  add("escape_size_mean", kinds.modes.upper_mean, kinds.upper_mean_bounds);
  add("contained_size_mean", kinds.modes.lower_mean);
}

std::vector<TidyRow> tidy_rows(const Summary& summary, const OutputChoices& choices) {
  std::vector<TidyRow> rows;
  const auto add = [&](const char* estimate, double value) {
    rows.push_back({.estimate = estimate, .at = {}, .value = value, .method = {}});
  };
  rows.push_back({"mean", {}, summary.mean.mean, summary.mean_ci, t_interval, summary.mean_bounds});
  if (!std::isnan(summary.mean_bootstrap_ci.lower))
    rows.push_back(
        {"mean", {}, summary.mean.mean, summary.mean_bootstrap_ci, bootstrap, summary.mean_bounds});
  add("standard_deviation", summary.mean.standard_deviation);
  add("standard_error", summary.mean.standard_error);
  for (std::size_t i = 0; i < choices.quantiles.size(); ++i) {
    const std::string q = csv_number(choices.quantiles[i]);
    rows.push_back({"quantile", q, summary.quantile[i], summary.quantile_ci[i], "order statistics",
                    summary.quantile_bounds[i]});
    rows.push_back({"cvar", q, summary.cvar[i], TidyRow::unknown, {}, summary.cvar_bounds[i]});
  }
  for (std::size_t i = 0; i < choices.thresholds.size(); ++i) {
    const std::string threshold = csv_number(choices.thresholds[i]);
    rows.push_back({"exceedance", threshold, summary.exceedance[i], summary.exceedance_ci[i], wilson,
                    summary.exceedance_bounds[i]});
    rows.push_back({"exceedance", threshold, summary.exceedance[i], summary.exceedance_band[i], "DKW",
                    summary.exceedance_bounds[i]});
    rows.push_back({"exceedance_size_mean", threshold, summary.exceedance_size[i],
                    summary.exceedance_size_ci[i], t_interval, summary.exceedance_size_bounds[i]});
  }
  if (summary.is_bimodal()) add_kinds(rows, summary.kinds);
  return rows;
}

/// Adds what is estimated of one set of assets, under its name.
void add_assets(std::vector<TidyRow>& rows, const Assets& assets, const AssetEstimate& estimate,
                const OutputChoices& choices) {
  const auto& [hits, loss] = estimate;
  const std::string name = assets.name + "_";
  rows.push_back({name + "hit", {}, hits.share, hits.share_ci, wilson, hits.share_bounds});
  OutputChoices of_losses = choices;
  of_losses.thresholds = assets.thresholds;
  for (TidyRow& row : tidy_rows(loss, of_losses)) {
    if (row.estimate.starts_with("escape") || row.estimate.starts_with("contained")) continue;
    row.estimate.insert(0, row.estimate.starts_with("exceedance") ? name : name + "lost_");
    rows.push_back(std::move(row));
  }
  for (std::size_t i = 0; i < hits.arrival.size(); ++i)
    rows.push_back({.estimate = name + "arrival_step_quantile",
                    .at = csv_number(choices.quantiles[i]),
                    .value = hits.arrival[i],
                    .method = {}});
}

}  // namespace

std::vector<std::string> tidy_headings() {
  return {"estimate", "at", "value", "lower", "upper", "method", "lower_bound", "upper_bound"};
}

std::vector<std::string> tidy_cells(const TidyRow& row) {
  return {row.estimate,
          row.at,
          csv_number(row.value),
          csv_number(row.interval.lower),
          csv_number(row.interval.upper),
          row.method,
          csv_number(row.bounds.lower),
          csv_number(row.bounds.upper)};
}

std::vector<TidyRow> tidy_rows(const ResultsView& view, const ScenarioView& scenario) {
  std::vector<TidyRow> rows;
  const auto add_count = [&](std::string_view estimate, std::uint64_t value) {
    rows.push_back(
        {.estimate = std::string(estimate), .at = {}, .value = static_cast<double>(value), .method = {}});
  };
  const auto add_share = [&](const std::string& estimate, const std::string& at, const ShareView& share) {
    rows.push_back({estimate, at, share.share, share.interval, wilson});
  };
  add_count(arrays::runs_planned.name, scenario.counts.planned);
  add_count(arrays::runs_ok.name, scenario.counts.ok);
  add_count(arrays::runs_failed.name, scenario.counts.failed);
  add_count("runs_missing", scenario.counts.missing());
  add_count(arrays::runs_started.name, scenario.counts.started);
  add_count(arrays::runs_cut_off.name, scenario.counts.cut_off);
  add_share("started", {}, scenario.started);
  if (scenario.cell) {
    const std::string at = fmt::format("{},{}", view.cell->x, view.cell->y);
    const std::string name(arrays::burn_probability.name);
    add_share(name, at, scenario.cell->of_all);
    add_share(name + std::string(given_start_suffix), at, scenario.cell->of_started);
  }
  const std::vector<TidyRow> of_all = tidy_rows(scenario.summary, view.choices);
  rows.insert(rows.end(), of_all.begin(), of_all.end());
  for (TidyRow& row :
       tidy_rows(scenario.given_start ? *scenario.given_start : scenario.summary, view.choices)) {
    if (row.estimate == "exceedance_size_mean") continue;  // every fire over a threshold has started
    row.estimate += given_start_suffix;
    rows.push_back(std::move(row));
  }
  const std::size_t sets = view.asset_sets.size();
  for (std::size_t set = 0; set < sets; ++set)
    add_assets(rows, view.asset_sets[set], view.assets[scenario.scenario * sets + set],
               view.results->choices());
  return rows;
}

std::vector<TidyRow> tidy_rows(const LossDifference& difference, const Assets& assets,
                               const OutputChoices& choices) {
  OutputChoices of_losses = choices;
  of_losses.thresholds = assets.thresholds;
  std::vector<TidyRow> rows = {
      {assets.name + "_hit", {}, difference.hit.difference, difference.hit.interval, "Bonett-Price"}};
  for (TidyRow& row : tidy_rows(difference.loss, of_losses)) {
    row.estimate.insert(0, assets.name + (row.estimate == "mean" ? "_lost_" : "_"));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<TidyRow> tidy_rows(const PairDifference& difference, const OutputChoices& choices) {
  const PairedDifference& mean = difference.mean;
  std::vector<TidyRow> rows;
  const auto add = [&](const char* estimate, double value) {
    rows.push_back({.estimate = estimate, .at = {}, .value = value, .method = {}});
  };
  add("seeds", static_cast<double>(mean.difference.count));
  rows.push_back({"mean", {}, mean.difference.mean, mean.interval, t_interval, difference.mean_bounds});
  add("variance_reduction", mean.variance_reduction);
  add("correlation", mean.correlation);
  for (std::size_t i = 0; i < difference.exceedance.size(); ++i) {
    const PairedExceedance& point = difference.exceedance[i];
    rows.push_back({"exceedance", csv_number(choices.thresholds[i]), point.difference, point.interval,
                    "Bonett-Price", difference.exceedance_bounds[i]});
  }
  return rows;
}

std::vector<TidyRow> tidy_rows(const AxisSensitivities& sensitivity, std::size_t axis,
                               std::span<const std::string> labels, const OutputChoices& choices) {
  std::vector<TidyRow> rows;
  const auto add_effect = [&](const std::string& of, const std::string& at, const AxisEffect& effect,
                              const char* method) {
    rows.push_back({of + "_effect", at, effect.effect, effect.interval, method});
    rows.push_back(
        {.estimate = of + "_effect_normalised", .at = at, .value = effect.normalised, .method = {}});
    rows.push_back({of + "_share", at, effect.share, effect.share_interval, bootstrap});
  };
  const AxisEffect& of_mean = sensitivity.mean.axes[axis];
  add_effect("mean", {}, of_mean, t_interval);
  if (!std::isnan(of_mean.effect)) {
    rows.push_back({.estimate = "mean_lowest",
                    .at = labels[of_mean.lowest_level],
                    .value = of_mean.lowest,
                    .method = {}});
    rows.push_back({.estimate = "mean_highest",
                    .at = labels[of_mean.highest_level],
                    .value = of_mean.highest,
                    .method = {}});
  }
  for (std::size_t i = 0; i < sensitivity.exceedance.size(); ++i)
    add_effect("exceedance", csv_number(choices.thresholds[i]), sensitivity.exceedance[i].axes[axis],
               "Bonett-Price");
  return rows;
}

std::string csv_line(std::span<const std::string> cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != cells.data()) line += ',';
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
      line += cell;
      continue;
    }
    line += '"';
    for (const char letter : cell) line += letter == '"' ? "\"\"" : std::string(1, letter);
    line += '"';
  }
  return line + '\n';
}

std::string csv_number(double value) {
  return std::isnan(value) ? "" : fmt::format("{}", value);
}

}  // namespace firesweep
