#include "view/show_json.hpp"

#include <cmath>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/ensemble/asset_arrays.hpp"
#include "firesweep/ensemble/comparison_arrays.hpp"
#include "firesweep/ensemble/design_arrays.hpp"
#include "firesweep/ensemble/estimate_rows.hpp"
#include "firesweep/experiment/stopping_rule.hpp"

namespace firesweep {

Json json_of(const Interval& interval) {
  return {interval.lower, interval.upper};
}

Json json_of(const std::vector<StoredAxis>& axes, const std::vector<std::string>& labels) {
  Json coordinates = Json::object();
  for (std::size_t a = 0; a < labels.size(); ++a) coordinates[axes[a].name] = labels[a];
  return coordinates;
}

Json json_of(const PairDifference& difference, const std::vector<double>& thresholds) {
  Json exceedance = Json::array();
  for (std::size_t t = 0; t < thresholds.size(); ++t) {
    exceedance.push_back({{"threshold", thresholds[t]},
                          {"value", difference.exceedance[t].difference},
                          {"interval", json_of(difference.exceedance[t].interval)},
                          {"bounds", json_of(difference.exceedance_bounds[t])}});
  }
  return {{"seeds", difference.mean.difference.count},
          {"mean", difference.mean.difference.mean},
          {"interval", json_of(difference.mean.interval)},
          {"bounds", json_of(difference.mean_bounds)},
          {"variance_reduction", difference.mean.variance_reduction},
          {"correlation", difference.mean.correlation},
          {"exceedance", std::move(exceedance)}};
}

namespace {

Json json_of(const RunCounts& counts) {
  return {{"planned", counts.planned},   {"ok", counts.ok},           {"failed", counts.failed},
          {"missing", counts.missing()}, {"started", counts.started}, {"cut_off", counts.cut_off}};
}

Json quantiles_of(const Summary& summary, const OutputChoices& choices) {
  Json list = Json::array();
  for (std::size_t i = 0; i < choices.quantiles.size(); ++i) {
    list.push_back({{"quantile", choices.quantiles[i]},
                    {"value", summary.quantile[i]},
                    {"interval", json_of(summary.quantile_ci[i])},
                    {"bounds", json_of(summary.quantile_bounds[i])},
                    {"cvar", summary.cvar[i]},
                    {"cvar_bounds", json_of(summary.cvar_bounds[i])}});
  }
  return list;
}

Json exceedance_of(const Summary& summary, const OutputChoices& choices) {
  Json list = Json::array();
  for (std::size_t i = 0; i < choices.thresholds.size(); ++i) {
    list.push_back({{"threshold", choices.thresholds[i]},
                    {"value", summary.exceedance[i]},
                    {"interval", json_of(summary.exceedance_ci[i])},
                    {"band", json_of(summary.exceedance_band[i])},
                    {"bounds", json_of(summary.exceedance_bounds[i])},
                    {"size_mean", summary.exceedance_size[i]},
                    {"size_interval", json_of(summary.exceedance_size_ci[i])},
                    {"size_bounds", json_of(summary.exceedance_size_bounds[i])}});
  }
  return list;
}

Json escape_of(const Summary& summary) {
  if (!summary.is_bimodal()) return nullptr;
  const TwoKinds& kinds = summary.kinds;
  return {{"border", kinds.modes.border},
          {"probability", kinds.modes.upper_share},
          {"probability_bounds", json_of(kinds.upper_share_bounds)},
          {"size_mean", kinds.modes.upper_mean},
          {"size_bounds", json_of(kinds.upper_mean_bounds)},
          {"contained_size_mean", kinds.modes.lower_mean}};
}

Json estimates_of(const Summary& summary, const OutputChoices& choices) {
  return {{"mean",
           {{"value", summary.mean.mean},
            {"interval", json_of(summary.mean_ci)},
            {"bootstrap_interval", json_of(summary.mean_bootstrap_ci)},
            {"bounds", json_of(summary.mean_bounds)}}},
          {"standard_deviation", summary.mean.standard_deviation},
          {"standard_error", summary.mean.standard_error},
          {"quantiles", quantiles_of(summary, choices)},
          {"exceedance", exceedance_of(summary, choices)},
          {"escape", escape_of(summary)}};
}

Json json_of(const ShareView& share) {
  return {{"value", share.share}, {"interval", json_of(share.interval)}};
}

Json bound_of(Bound bound) {
  return bound == Bound::none ? Json(nullptr) : Json(bound == Bound::at_least ? "at least" : "at most");
}

Json json_of(const ResultsView& view, const ScenarioView& scenario) {
  Json json = {{"scenario", json_of(view.results->axes(), scenario.labels)},
               {"runs", json_of(scenario.counts)},
               {"estimates_are", bound_of(view.bound_of(scenario))},
               {"started", json_of(scenario.started)}};
  json.update(estimates_of(scenario.summary, view.choices));
  json["given_start"] =
      estimates_of(scenario.given_start ? *scenario.given_start : scenario.summary, view.choices);
  json["histogram"] = {{"from", 0.0}, {"to", view.highest}, {"counts", scenario.histogram}};
  if (scenario.cell)
    json["cell"] = {{"x", view.cell->x},
                    {"y", view.cell->y},
                    {"burn_count", scenario.cell->burnt},
                    {"burn_probability", json_of(scenario.cell->of_all)},
                    {"burn_probability_given_start", json_of(scenario.cell->of_started)}};
  if (const auto place = view.place_of_cell()) {
    json["cell"]["easting"] = place->east;
    json["cell"]["northing"] = place->north;
  }
  return json;
}

/// Adds every estimate of the rows by its name in the file: lists along thresholds, quantiles or return periods.
template <class Owner>
void add_estimates(const Owner& owner, std::span<const EstimateRow<Owner>> rows, Json& json) {
  using Row = EstimateRow<Owner>;
  for (const Row& row : rows) {
    const std::vector<double> numbers = row.numbers(owner);
    Json values = Json::array();
    if (row.form == Row::Form::interval)
      for (std::size_t i = 0; i < numbers.size(); i += 2)
        values.push_back(Json::array({numbers[i], numbers[i + 1]}));
    else
      values = numbers;
    json[std::string(row.name)] = row.along == Row::Along::nothing ? values.at(0) : values;
  }
}

Json differences_of(const ResultsView& view, const ComparisonView& along) {
  const std::vector<double>& thresholds = view.results->choices().thresholds;
  Json list = Json::array();
  for (const auto& [labels, first, second, is_step, difference, given_start, losses] : along.differences) {
    Json scenario = Json::object();
    for (std::size_t a = 0; a < labels.size(); ++a) scenario[along.other_axes[a]] = labels[a];
    Json row = {{first_of_pair(along.axis), first},
                {second_of_pair(along.axis), second},
                {"scenario", std::move(scenario)}};
    row.update(json_of(difference, thresholds));
    row["given_start"] = given_start ? json_of(*given_start, thresholds) : Json(nullptr);
    for (std::size_t set = 0; set < losses.size(); ++set) {
      const AssetArrays& own = arrays_of(view.asset_sets[set]);
      add_estimates(losses[set].loss, own.difference_rows(), row["assets"]);
      add_estimates(losses[set].hit, own.hit_difference_rows(), row["assets"]);
    }
    list.push_back(std::move(row));
  }
  return list;
}

/// The values of the axes compared over a year.
Json years_of(const ResultsView& view, const ComparisonView& along) {
  Json list = Json::array();
  for (const YearDifferenceView& year : along.years) {
    Json row = {{first_of_pair(along.axis), year.first},
                {second_of_pair(along.axis), year.second},
                {"along", year.labels}};
    add_estimates(year.burnt, year_difference_rows(), row);
    for (std::size_t set = 0; set < year.lost.size(); ++set)
      add_estimates(year.lost[set], arrays_of(view.asset_sets[set]).year_difference_rows(), row["assets"]);
    list.push_back(std::move(row));
  }
  return list;
}

Json effect_of(const AxisEffect& effect) {
  return {{"effect", effect.effect},
          {"interval", json_of(effect.interval)},
          {"normalised", effect.normalised},
          {"share", effect.share},
          {"share_interval", json_of(effect.share_interval)}};
}

Json sensitivity_of(const ResultsView& view, const AxisSensitivities& sensitivity) {
  Json axes = Json::array();
  for (const std::size_t a : sensitivity.axes) {
    const StoredAxis& axis = view.results->axes()[a];
    const AxisEffect& of_mean = sensitivity.mean.axes[a];
    Json mean = effect_of(of_mean);
    const auto label = [&](std::size_t level) {
      return std::isnan(of_mean.effect) ? Json(nullptr) : Json(axis.labels[level]);
    };
    mean.update({{"lowest", of_mean.lowest},
                 {"lowest_at", label(of_mean.lowest_level)},
                 {"highest", of_mean.highest},
                 {"highest_at", label(of_mean.highest_level)}});
    Json exceedance = Json::array();
    for (std::size_t t = 0; t < sensitivity.exceedance.size(); ++t) {
      Json of_threshold = {{"threshold", view.results->choices().thresholds[t]}};
      of_threshold.update(effect_of(sensitivity.exceedance[t].axes[a]));
      exceedance.push_back(std::move(of_threshold));
    }
    axes.push_back({{"axis", axis.name},
                    {"scenarios", of_mean.scenarios},
                    {"mean", std::move(mean)},
                    {"exceedance", std::move(exceedance)}});
  }
  return {{"scenarios", sensitivity.mean.scenarios},
          {"scenarios_in_matrix", view.results->counts().size()},
          {"seeds", sensitivity.mean.seeds},
          {"chance_of_mean", sensitivity.mean.chance},
          {"axes", std::move(axes)}};
}

Json json_of(const SeasonEstimate& year) {
  Json json = Json::object();
  add_estimates(year, season_rows(), json);
  return json;
}

/// What is at stake, and what is lost of it in a scenario.
Json assets_of(const ResultsView& view) {
  Json sets = Json::object();
  for (const Assets& assets : view.asset_sets)
    sets[assets.name] = {{"unit", assets.unit},
                         {"cells", assets.cells},
                         {"total", assets.total},
                         {"thresholds", assets.thresholds}};
  return sets;
}

Json assets_of(const ResultsView& view, std::size_t scenario) {
  Json json = Json::object();
  for (std::size_t set = 0; set < view.asset_sets.size(); ++set) {
    const AssetArrays& own = arrays_of(view.asset_sets[set]);
    const AssetEstimate& estimate = view.assets[scenario * view.asset_sets.size() + set];
    add_estimates(estimate.hits, own.hit_rows(), json);
    add_estimates(estimate.loss, own.loss_rows(), json);
  }
  return json;
}

Json years_of(const ResultsView& view) {
  const std::optional<Season> season = view.results->season();
  if (!season || view.years.empty()) return nullptr;
  Json years = Json::array();
  const std::size_t sets = view.asset_sets.size();
  for (std::size_t i = 0; i < view.years.size(); ++i) {
    Json year = json_of(view.years[i]);
    for (std::size_t set = 0; set < sets; ++set) {
      const AssetArrays& own = arrays_of(view.asset_sets[set]);
      add_estimates(view.asset_years[i * sets + set].loss, own.year_loss_rows(), year["assets"]);
      add_estimates(view.asset_years[i * sets + set].hit, own.year_hit_rows(), year["assets"]);
    }
    years.push_back(std::move(year));
  }
  Json compared = Json::object();
  for (const ComparisonView& along : view.comparisons)
    if (!along.years.empty()) compared[along.axis] = years_of(view, along);
  return {{"thresholds", view.results->choices().thresholds},
          {"return_periods", season->return_periods},
          {"years", std::move(years)},
          {"compared", std::move(compared)}};
}

/// What the parameters of a design do, for each combination of the other axes and each quantity.
Json design_of(const ResultsView& view) {
  if (!view.samples || view.design.empty()) return nullptr;
  const Design& design = view.samples->design;
  const std::vector<std::string> quantities = view.results->design_quantities();
  Json effects = Json::array();
  for (std::size_t i = 0; i < view.design.size(); ++i) {
    const DesignEffects& of = view.design[i];
    Json json = {{"at", Json::object()}, {"quantity", quantities[i % quantities.size()]}};
    const std::vector<std::string> labels =
        view.results->labels(i / quantities.size() * view.samples->samples());
    for (std::size_t axis = 0; axis + 1 < labels.size(); ++axis)
      json["at"][view.results->axes()[axis].name] = labels[axis];
    add_estimates(of, design_effect_rows(design.method), json);
    for (std::size_t k = 0; k < design.parameters(); ++k)
      add_estimates(of.parameters[k], parameter_effect_rows(design.method),
                    json["parameters"][std::string(design.columns[k].parameter->name)]);
    const std::vector<AxisPair> pairs = pairs_of(design.parameters());
    for (std::size_t pair = 0; pair < of.second_order.size(); ++pair)
      add_estimates(of.second_order[pair], second_order_rows(),
                    json["together"][fmt::format("{} {}", design.columns[pairs[pair].first].parameter->name,
                                                 design.columns[pairs[pair].second].parameter->name)]);
    effects.push_back(std::move(json));
  }
  return {{"method", name(design.method)}, {"effects", std::move(effects)}};
}

}  // namespace

Json json_of(const ResultsView& view) {
  const StoredResults& results = *view.results;
  Json axes = Json::object();
  for (const StoredAxis& axis : results.axes()) axes[axis.name] = axis.labels;
  Json sensitivity;
  if (view.sensitivity) sensitivity = sensitivity_of(view, *view.sensitivity);
  if (view.sensitivity && view.sensitivity_given_start)
    sensitivity["given_start"] = sensitivity_of(view, *view.sensitivity_given_start);
  Json scenarios = Json::array();
  for (const ScenarioView& scenario : view.scenarios) {
    Json json = json_of(view, scenario);
    if (!view.asset_sets.empty()) json["assets"] = assets_of(view, scenario.scenario);
    scenarios.push_back(std::move(json));
  }
  // By the names of their groups in the file, that of danger levels whether there are any or not.
  Json paired = {{comparison_group(DangerLevelAxis::name), Json::array()}};
  for (const ComparisonView& along : view.comparisons)
    paired[comparison_group(along.axis)] = differences_of(view, along);
  Json json = {{"file", results.path()},
               {"name", results.name()},
               {"content_sha256", results.content_sha256()},
               {"metric", view.metric.column},
               {"confidence", view.choices.confidence},
               {"axes", std::move(axes)},
               {"assets", assets_of(view)},
               {"runs_cut_off", view.runs_cut_off},
               {"runs_beyond_weather", view.runs_beyond_weather},
               {"scenarios", std::move(scenarios)}};
  json.update(paired);
  json["sensitivity"] = std::move(sensitivity);
  json["seeds_until"] = view.results->until() ? Json(targets_text(*view.results->until())) : Json(nullptr);
  json["design"] = design_of(view);
  json["season"] = years_of(view);
  return json;
}

}  // namespace firesweep
