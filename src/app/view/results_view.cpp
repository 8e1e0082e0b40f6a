#include "view/results_view.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/suggestion.hpp"

#include "commands/commands.hpp"
#include "view/scenario_filter.hpp"

namespace firesweep {
namespace {

constexpr const char* usual_metric = "burn_fraction";

void include(std::vector<double>& values, double value) {
  const auto place = std::ranges::lower_bound(values, value);
  if (place == values.end() || *place != value) values.insert(place, value);
}

std::optional<double> checked_threshold(const Metric& metric, std::optional<double> given) {
  if (!given) return metric.column == usual_metric ? std::optional(default_large_fire) : std::nullopt;
  if (metric.is_share && !(*given >= 0.0 && *given < 1.0))
    throw InputError(fmt::format("--threshold {} is not a burn fraction (it must lie in [0, 1)){}", *given,
                                 share_suggestion(fmt::format("{}", *given))));
  if (!(*given >= 0.0) || std::isinf(*given))
    throw InputError(fmt::format("--threshold {}: {} are never less than 0", *given, metric.unit));
  return given;
}

// Largest value of any of the scenarios.
double highest_of(const StoredResults& results, const Metric& metric,
                  const std::vector<std::size_t>& chosen) {
  double highest = 0.0;
  for (const std::size_t s : chosen)
    for (const double value : results.run_values(metric.column, s))
      if (value > highest) highest = value;
  return highest > 0.0 ? highest : 1.0;
}

std::vector<std::uint64_t> histogram_of(const std::vector<double>& values, double highest) {
  std::vector<std::uint64_t> bins(histogram_bins, 0);
  for (const double value : values) {
    if (std::isnan(value)) continue;
    const auto bin = static_cast<std::size_t>(value / highest * static_cast<double>(histogram_bins));
    ++bins[std::min(bin, histogram_bins - 1)];
  }
  return bins;
}

// Whether the estimates in the file are all that is shown.
bool is_in_file(const ResultsView& view) {
  const OutputChoices& stored = view.results->choices();
  return view.metric.column == usual_metric && view.choices.quantiles == stored.quantiles &&
         view.choices.thresholds == stored.thresholds;
}

Summary summary_of(const ResultsView& view, const std::vector<double>& values, const Summary& stored) {
  if (is_in_file(view)) return stored;
  if (!view.metric.is_share) return summarise_metric(values, view.choices);
  Summary summary = summarise(values, view.choices);
  if (view.metric.column == usual_metric) summary.mean_bootstrap_ci = stored.mean_bootstrap_ci;
  return summary;
}

std::uint64_t cut_off(const StoredResults& results, std::size_t scenario) {
  if (std::ranges::find(results.run_columns(), "burning_cells") == results.run_columns().end()) return 0;
  const std::vector<double> burning = results.run_values("burning_cells", scenario);
  return static_cast<std::uint64_t>(std::ranges::count_if(burning, [](double cells) { return cells > 0.0; }));
}

// Differences between two of the chosen scenarios.
std::vector<DifferenceView> views_of(const LevelDifferences& differences, const StoredResults& results,
                                     const std::vector<std::size_t>& chosen) {
  const std::vector<StoredAxis>& axes = results.axes();
  const auto levels = std::ranges::find(axes, "danger_level", &StoredAxis::name);
  const std::size_t length = levels->labels.size();
  std::size_t inner = 1;  // scenarios of one level that follow each other
  for (auto axis = levels + 1; axis != axes.end(); ++axis) inner *= axis->labels.size();

  std::vector<DifferenceView> views;
  for (std::size_t i = 0; i < differences.between.size(); ++i) {
    const auto& [first, second] = differences.pairs[i % differences.pairs.size()];
    const std::size_t place = i / differences.pairs.size();  // along the other axes
    const auto scenario = [&](std::size_t level) {
      return (place / inner * length + level) * inner + place % inner;
    };
    const auto is_chosen = [&](std::size_t level) {
      return std::ranges::binary_search(chosen, scenario(level));
    };
    if (!is_chosen(first) || !is_chosen(second)) continue;
    std::vector<std::string> labels = results.labels(scenario(first));
    labels.erase(labels.begin() + (levels - axes.begin()));
    std::size_t next = first + 1;
    while (next < second && !is_chosen(next)) ++next;
    views.push_back({std::move(labels), levels->labels[first], levels->labels[second], next == second,
                     differences.between[i]});
  }
  return views;
}

double mean_of_means(const std::vector<Summary>& summaries) {
  double sum = 0.0;
  std::size_t scenarios = 0;
  for (const Summary& summary : summaries) {
    if (summary.runs_ok == 0) continue;
    sum += summary.mean.mean;
    ++scenarios;
  }
  return sum / static_cast<double>(scenarios);
}

}  // namespace

std::size_t ResultsView::place_of_quantile(double q) const {
  return static_cast<std::size_t>(std::ranges::find(choices.quantiles, q) - choices.quantiles.begin());
}

ResultsView view_of(const StoredResults& results, const ViewChoices& choices) {
  ResultsView view;
  view.results = &results;
  view.metric = metric_of(results, choices.metric);
  view.choices = results.choices();
  if (view.metric.column != usual_metric) view.choices.thresholds.clear();
  const std::optional<double> threshold = checked_threshold(view.metric, choices.threshold);
  if (threshold) include(view.choices.thresholds, *threshold);
  for (const double q : {0.5, 0.95}) include(view.choices.quantiles, q);
  if (threshold) {
    const auto place = std::ranges::lower_bound(view.choices.thresholds, *threshold);
    view.large = static_cast<std::size_t>(place - view.choices.thresholds.begin());
  }

  const std::vector<std::size_t> chosen = chosen_scenarios(results, choices.scenarios);
  Estimates estimates = results.estimates();
  view.sensitivity = std::move(estimates.sensitivity);
  view.overall_mean = mean_of_means(estimates.scenarios);
  if (estimates.differences) view.differences = views_of(*estimates.differences, results, chosen);
  for (const StoredAxis& axis : results.axes())
    if (axis.name != "danger_level") view.other_axes.push_back(axis.name);
  if (!view.metric.is_share) view.highest = highest_of(results, view.metric, chosen);
  for (const std::size_t s : chosen) {
    const std::vector<double> values = results.run_values(view.metric.column, s);
    view.scenarios.push_back({s, results.labels(s), results.counts()[s],
                              summary_of(view, values, estimates.scenarios[s]),
                              histogram_of(values, view.highest)});
    view.runs_cut_off += cut_off(results, s);
  }
  return view;
}

}  // namespace firesweep
