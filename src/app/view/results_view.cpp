#include "view/results_view.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_number.hpp"
#include "firesweep/check/suggestion.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/statistics/interval.hpp"
#include "firesweep/statistics/nan.hpp"
#include "firesweep/store/results_file.hpp"

#include "view/scenario_filter.hpp"

namespace firesweep {
namespace {

constexpr const char* usual_metric = "burn_fraction";

void include(std::vector<double>& values, double value) {
  const auto place = std::ranges::lower_bound(values, value);
  if (place == values.end() || *place != value) values.insert(place, value);
}

// What a large fire has more of unless said: the usual if the file judges by it, else the middle of its own.
double own_threshold(const std::vector<double>& thresholds) {
  const bool has_usual = std::ranges::find(thresholds, default_large_fire) != thresholds.end();
  return thresholds.empty() || has_usual ? default_large_fire : thresholds[thresholds.size() / 2];
}

std::optional<double> checked_threshold(const Metric& metric, const std::vector<double>& own,
                                        std::optional<double> given) {
  if (!given) return metric.column == usual_metric ? std::optional(own_threshold(own)) : std::nullopt;
  if (metric.is_share && !(*given >= 0.0 && *given < 1.0))
    throw InputError(fmt::format("--threshold {} is not a burn fraction (it must lie in [0, 1)){}", *given,
                                 share_suggestion(fmt::format("{}", *given))));
  if (!(*given >= 0.0) || std::isinf(*given))
    throw InputError(fmt::format("--threshold {}: {} are never less than 0", *given, metric.unit));
  return given;
}

double checked_quantile(double given) {
  if (given > 0.0 && given < 1.0) return given;
  throw InputError(fmt::format("--quantile {} is not between 0 and 1, e.g. 0.99", given));
}

// "20,5", of which the file must know something.
Cell checked_cell(const StoredResults& results, const std::string& given) {
  Cell cell;
  const char* const end = given.data() + given.size();
  const auto [comma, no_x] = std::from_chars(given.data(), end, cell.x);
  const bool has_x = no_x == std::errc() && comma != end && *comma == ',';
  const auto [last, no_y] = std::from_chars(has_x ? comma + 1 : end, end, cell.y);
  if (no_y != std::errc() || last != end)
    throw InputError(fmt::format("--cell {}: this is not a cell, e.g. 20,5 for x 20 and y 5", given));

  const Extent extent = results.extent();
  if (!extent.contains(cell))
    throw InputError(fmt::format("--cell {}: the landscape has x from 0 to {} and y from 0 to {}", given,
                                 extent.width - 1, extent.height - 1));
  if (!results.choices().maps)
    throw InputError(fmt::format(
        "--cell: {} has no maps (outputs.maps: false), and so nothing of single cells", results.path()));
  return cell;
}

/// "374000,5843000".
std::optional<MapPoint> map_point(std::string_view given) {
  const std::size_t comma = given.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto first = parse_finite(given.substr(0, comma));
  const auto second = parse_finite(given.substr(comma + 1));
  if (!first || !second) return std::nullopt;
  return MapPoint{*first, *second};
}

// The cell at "374000,5843000" as "120,119", of which checked_cell() tells more.
std::string cell_of_place(const StoredResults& results, const std::string& given) {
  const std::optional<MapPoint> point = map_point(given);
  if (!point)
    throw InputError(
        fmt::format("--at {}: this is not a place, e.g. 374000,5843000 for easting and northing", given));
  if (!results.placement())
    throw InputError(
        fmt::format("--at {}: {} does not say where its landscape lies; ask for a cell with --cell X,Y",
                    given, results.path()));
  const Placement& place = *results.placement();
  const Extent extent = results.extent();
  const std::optional<Cell> cell = cell_at(place, extent, point->east, point->north);
  if (!cell)
    throw InputError(fmt::format(
        "--at {}: the landscape has eastings from {} to {} and northings from {} to {}", given, place.west,
        place.west + place.cell_width * extent.width, place.south(extent), place.north));
  return fmt::format("{},{}", cell->x, cell->y);
}

// The cell asked for, in either way.
std::optional<Cell> asked_cell(const StoredResults& results, const ViewChoices& choices) {
  if (choices.cell && choices.place) throw InputError("--cell and --at: choose one");
  if (choices.place) return checked_cell(results, cell_of_place(results, *choices.place));
  if (choices.cell) return checked_cell(results, *choices.cell);
  return std::nullopt;
}

// Throws InputError if the cell asked for is land in none of the scenarios that have fires.
void expect_land(const ResultsView& view, const ViewChoices& choices) {
  bool has_fires = false;
  for (const ScenarioView& scenario : view.scenarios) {
    if (scenario.counts.ok == 0) continue;
    if (!std::isnan(scenario.cell->of_all.share)) return;
    has_fires = true;
  }
  if (has_fires)
    throw InputError(fmt::format("{}: there is no land; a raster of the landscape has no data at x {}, y {}",
                                 choices.place ? "--at " + *choices.place : "--cell " + *choices.cell,
                                 view.cell->x, view.cell->y));
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
  if (!view.metric.is_share) return summarise_metric(values, view.choices);
  const bool is_known = !std::isnan(stored.mean.mean);  // format 1 has none given a start
  if (is_in_file(view) && is_known) return stored;
  Summary summary = summarise(values, view.choices);
  if (view.metric.column == usual_metric) summary.mean_bootstrap_ci = stored.mean_bootstrap_ci;
  return summary;
}

ShareView share_of(std::uint64_t count, std::uint64_t all, double confidence) {
  return {static_cast<double>(count) / static_cast<double>(all), wilson_interval(count, all, confidence)};
}

CellView cell_of(const ResultsView& view, const ScenarioView& scenario) {
  const StoredResults& results = *view.results;
  const float probability = results.burn_probability(scenario.scenario)[results.extent().index(*view.cell)];
  CellView cell;
  if (std::isnan(probability)) {  // no land, or no fires
    cell.of_all = cell.of_started = {nan, {nan, nan}};
    return cell;
  }
  if (scenario.counts.ok > 0)
    cell.burnt = static_cast<std::uint64_t>(
        std::llround(static_cast<double>(probability) * static_cast<double>(scenario.counts.ok)));
  if (cell.burnt > scenario.counts.started)
    throw BadResultsFile(
        fmt::format("{}: its maps and run counts contradict each other: the cell at x {}, y {} burns in {} "
                    "of {} that started",
                    results.path(), view.cell->x, view.cell->y, grouped(cell.burnt),
                    counted(scenario.counts.started, "fire")));
  cell.of_all = share_of(cell.burnt, scenario.counts.ok, view.choices.confidence);
  cell.of_started = share_of(cell.burnt, scenario.counts.started, view.choices.confidence);
  return cell;
}

// Values of the runs but those in which no fire started. Those that are not ok stay: one might have.
std::vector<double> given_start(const StoredResults& results, std::size_t scenario,
                                const std::vector<double>& values) {
  const std::vector<double> ignitions = results.run_values("ignitions", scenario);
  std::vector<double> started;
  for (std::size_t seed = 0; seed < values.size(); ++seed)
    if (ignitions[seed] != 0.0) started.push_back(values[seed]);
  return started;
}

// Whether the values of an axis are names, which lie in no order.
bool is_named(const StoredAxis& axis) {
  constexpr std::array names = {WeatherAxis::name, LandscapeAxis::name, IgnitionSetAxis::name};
  return std::ranges::find(names, axis.name) != names.end();
}

// The differences along an axis between two of the chosen scenarios.
/// Years compared, by the axes that the season keeps.
void add_years(const AxisDifferences& along, const StoredResults& results, ComparisonView& comparison) {
  const std::optional<Season> season = results.season();
  for (std::size_t i = 0; i < along.years.size(); ++i) {
    const auto& [first, second] = along.pairs[i % along.pairs.size()];
    const StoredAxis& axis = results.axes()[along.axis];
    YearDifferenceView& view = comparison.years.emplace_back();
    view.first = axis.labels[first];
    view.second = axis.labels[second];
    view.burnt = along.years[i];
    const std::size_t sets = along.loss_years.size() / along.years.size();
    const auto lost = along.loss_years.begin() + static_cast<std::ptrdiff_t>(i * sets);
    view.lost.assign(lost, lost + static_cast<std::ptrdiff_t>(sets));
    std::size_t rest = i / along.pairs.size();
    for (std::size_t other = results.axes().size(); other-- > 0;) {
      const std::vector<std::string>& labels = results.axes()[other].labels;
      if (other == along.axis || !season->keeps(other)) continue;
      if (labels.size() > 1) view.labels.insert(view.labels.begin(), labels[rest % labels.size()]);
      rest /= labels.size();
    }
  }
}

ComparisonView view_of(const AxisDifferences& along, const StoredResults& results,
                       const std::vector<std::size_t>& chosen) {
  const StoredAxis& axis = results.axes()[along.axis];
  ComparisonView comparison{.axis = axis.name, .other_axes = {}, .differences = {}, .years = {}};
  for (const StoredAxis& other : results.axes())
    if (other.name != axis.name) comparison.other_axes.push_back(other.name);
  for (std::size_t i = 0; i < along.between.size(); ++i) {
    const auto& [first, second] = along.pairs[i % along.pairs.size()];
    const std::size_t rest = i / along.pairs.size();  // number on the other axes
    const auto scenario = [&](std::size_t value) {
      return results.shape().element_at(along.axis, value, rest);
    };
    const auto is_chosen = [&](std::size_t value) {
      return std::ranges::binary_search(chosen, scenario(value));
    };
    if (!is_chosen(first) || !is_chosen(second)) continue;
    std::size_t next = first + 1;
    while (next < second && !is_chosen(next)) ++next;
    DifferenceView& view = comparison.differences.emplace_back();
    view.labels = results.labels(scenario(first));
    view.labels.erase(view.labels.begin() + static_cast<std::ptrdiff_t>(along.axis));
    view.first = axis.labels[first];
    view.second = axis.labels[second];
    view.is_step = next == second || is_named(axis);
    view.difference = along.between[i];
    if (i < along.given_start.size()) view.given_start = along.given_start[i];
    const std::size_t sets = along.losses.size() / along.between.size();
    const auto losses = along.losses.begin() + static_cast<std::ptrdiff_t>(i * sets);
    view.losses.assign(losses, losses + static_cast<std::ptrdiff_t>(sets));
  }
  add_years(along, results, comparison);
  return comparison;
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

std::optional<MapPoint> ResultsView::place_of_cell() const {
  const MaybePlacement& place = results->placement();
  if (!place || !cell) return std::nullopt;
  return MapPoint{place->west + (cell->x + 0.5) * place->cell_width,
                  place->north - (cell->y + 0.5) * place->cell_height};
}

Bound ResultsView::bound_of(const ScenarioView& scenario) const {
  return scenario.counts.cut_off > 0 ? metric.if_cut_off : Bound::none;
}

std::vector<std::pair<std::string, std::string>> labels_of_year(const StoredResults& results,
                                                                const Season& season, std::size_t year) {
  std::vector<std::pair<std::string, std::string>> labels;
  for (std::size_t a = results.axes().size(); a-- > 0;) {
    const StoredAxis& axis = results.axes()[a];
    if (!season.keeps(a)) continue;
    if (axis.labels.size() > 1)
      labels.insert(labels.begin(), {axis.name, axis.labels[year % axis.labels.size()]});
    year /= axis.labels.size();
  }
  return labels;
}

ResultsView view_of(const StoredResults& results, const ViewChoices& choices) {
  ResultsView view;
  view.results = &results;
  view.metric = metric_of(results, choices.metric);
  view.choices = results.choices();
  if (view.metric.column != usual_metric) view.choices.thresholds.clear();
  const std::optional<double> threshold =
      checked_threshold(view.metric, results.choices().thresholds, choices.threshold);
  if (threshold) include(view.choices.thresholds, *threshold);
  if (choices.quantile) view.high_quantile = checked_quantile(*choices.quantile);
  view.cell = asked_cell(results, choices);
  for (const double q : {0.5, view.high_quantile}) include(view.choices.quantiles, q);
  if (threshold) {
    const auto place = std::ranges::lower_bound(view.choices.thresholds, *threshold);
    view.large = static_cast<std::size_t>(place - view.choices.thresholds.begin());
  }

  const std::vector<std::size_t> chosen = chosen_scenarios(results, choices.scenarios);
  Estimates estimates = results.estimates();
  view.sensitivity = std::move(estimates.sensitivity);
  view.sensitivity_given_start = std::move(estimates.sensitivity_given_start);
  view.asset_sets = results.assets();
  view.assets = std::move(estimates.assets);
  view.asset_years = std::move(estimates.asset_years);
  view.years = std::move(estimates.years);
  view.samples = results.samples();
  view.design = std::move(estimates.design);
  view.overall_mean = mean_of_means(estimates.scenarios);
  for (const AxisDifferences& along : estimates.differences)
    view.comparisons.push_back(view_of(along, results, chosen));
  if (!view.metric.is_share) view.highest = highest_of(results, view.metric, chosen);
  for (const std::size_t s : chosen) {
    const std::vector<double> values = results.run_values(view.metric.column, s);
    ScenarioView& scenario = view.scenarios.emplace_back();
    scenario.scenario = s;
    scenario.labels = results.labels(s);
    scenario.counts = results.counts()[s];
    scenario.summary = summary_of(view, values, estimates.scenarios[s]);
    scenario.histogram = histogram_of(values, view.highest);
    scenario.started = share_of(scenario.counts.started, scenario.counts.ok, view.choices.confidence);
    if (scenario.counts.started < scenario.counts.ok)
      scenario.given_start = summary_of(view, given_start(results, s, values), estimates.given_start[s]);
    if (view.cell) scenario.cell = cell_of(view, scenario);
    view.runs_cut_off += scenario.counts.cut_off;
    view.runs_beyond_weather += scenario.counts.beyond_weather;
    view.runs_not_started += scenario.counts.ok - scenario.counts.started;
  }
  if (view.cell) expect_land(view, choices);
  return view;
}

}  // namespace firesweep
