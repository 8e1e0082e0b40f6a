#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "terminal/terminal.hpp"
#include "view/estimate_text.hpp"
#include "view/ground_view.hpp"
#include "view/scenario_table.hpp"
#include "view/show_text.hpp"
#include "view/until_text.hpp"

namespace firesweep {
namespace {

std::string over_threshold(const ResultsView& view) {
  return fmt::format("> {:.6g}{}", view.metric.factor * view.choices.thresholds[*view.large],
                     view.metric.is_share ? " %" : "");
}

std::string large_heading(const ResultsView& view) {
  return "fires " + over_threshold(view);
}

std::string histogram_heading(const ResultsView& view) {
  return fmt::format("0 .. {}", number(view.metric.factor * view.highest));
}

// Rare, at times, mostly.
Style style_of_share(double share) {
  if (share <= 0.0) return Style::faint;
  if (share < 0.05) return Style::low;
  return share < 0.5 ? Style::middle : Style::high;
}

std::string large_text(const ResultsView& view, const Summary& summary, Bound bound,
                       const TextFormat& format) {
  const double share = summary.exceedance[*view.large];
  return format.paint(style_of_share(share),
                      bound == Bound::none
                          ? with_interval(share, summary.exceedance_ci[*view.large], 100.0, format)
                          : bound_text(bound, share, 100.0, format));
}

std::string quantile_heading(const ResultsView& view) {
  return fmt::format("{:.6g} %", 100.0 * view.high_quantile);
}

std::string worst_heading(const ResultsView& view) {
  return fmt::format("worst {:.6g} %", 100.0 * (1.0 - view.high_quantile));
}

// Mean, median, high quantile, mean of the worst, and how many are large: cells of a row.
std::vector<std::string> estimates_text(const ResultsView& view, const Summary& summary, Bound bound,
                                        const TextFormat& format) {
  const std::size_t median = view.place_of_quantile(0.5);
  const std::size_t high = view.place_of_quantile(view.high_quantile);
  const double factor = view.metric.factor;
  const auto text = [&](double estimate) { return bound_text(bound, estimate, factor, format); };
  std::vector<std::string> cells = {
      bound == Bound::none ? with_error(summary.mean.mean, summary.mean_ci, factor, format)
                           : text(summary.mean.mean),
      text(summary.quantile[median]), text(summary.quantile[high]), text(summary.cvar[high])};
  if (view.large) cells.push_back(large_text(view, summary, bound, format));
  return cells;
}

void add_estimate_columns(const ResultsView& view, ScenarioTable& table) {
  table.add_columns({"mean", "median", quantile_heading(view), worst_heading(view)});
  if (view.large) table.add_columns({large_heading(view)});
}

void fit_estimates(const ResultsView& view, ScenarioTable& table) {
  table.fit({histogram_heading(view), quantile_heading(view), "median", worst_heading(view)});
}

bool has_equal_runs(const ResultsView& view) {
  return std::ranges::adjacent_find(view.scenarios, std::ranges::not_equal_to{},
                                    [](const ScenarioView& scenario) { return scenario.summary.runs_ok; }) ==
         view.scenarios.end();
}

std::string runs_text(const ResultsView& view) {
  std::uint64_t runs = 0;
  for (const ScenarioView& scenario : view.scenarios) runs += scenario.summary.runs_ok;
  std::string text = counted(runs, "fire");
  if (view.scenarios.size() > 1) text += fmt::format(" in {} scenarios", grouped(view.scenarios.size()));
  if (view.scenarios.size() > 1 && has_equal_runs(view))
    text += fmt::format(" of {}", grouped(view.scenarios.front().summary.runs_ok));
  return text;
}

// What a percent is on the ground, and how long a step takes, as far as the file says.
std::string measures_text(const ResultsView& view) {
  const StoredResults& results = *view.results;
  std::string text;
  if (const auto cell = results.cell_hectares()) {
    const double area = *cell * static_cast<double>(results.burnable_cells());
    text = fmt::format("{}, {}", counted(results.burnable_cells(), "burnable cell"), area_text(area));
    if (view.metric.is_share) text += fmt::format(": 1 % is {}", area_text(area / 100.0));
  }
  if (const auto minutes = results.step_minutes())
    text += fmt::format("{}a step takes {}", text.empty() ? "" : "; ", duration(60.0 * *minutes));
  return text.empty() ? "" : text + "\n";
}

ScenarioTable main_table(const ResultsView& view, const TextFormat& format) {
  ScenarioTable table(view, format);
  const bool shows_runs = !has_equal_runs(view);
  if (shows_runs) table.add_columns({"fires"});
  table.add_columns({histogram_heading(view)});
  add_estimate_columns(view, table);
  for (const ScenarioView& scenario : view.scenarios) {
    std::vector<std::string> cells;
    if (shows_runs) cells.push_back(grouped(scenario.summary.runs_ok));
    cells.push_back(format.histogram(scenario.histogram));
    const auto estimates = estimates_text(view, scenario.summary, view.bound_of(scenario), format);
    cells.insert(cells.end(), estimates.begin(), estimates.end());
    table.add_row(scenario, cells);
  }
  fit_estimates(view, table);
  return table;
}

// The same estimates over the fires that started, of the scenarios in which not all did.
void print_given_start(const ResultsView& view, const TextFormat& format) {
  if (view.runs_not_started == 0) return;
  ScenarioTable table(view, format);
  table.add_columns({"started"});
  add_estimate_columns(view, table);
  for (const ScenarioView& scenario : view.scenarios) {
    if (!scenario.given_start) continue;
    std::vector<std::string> cells = {
        with_interval(scenario.started.share, scenario.started.interval, 100.0, format)};
    const auto estimates = estimates_text(view, *scenario.given_start, view.bound_of(scenario), format);
    cells.insert(cells.end(), estimates.begin(), estimates.end());
    table.add_row(scenario, cells);
  }
  fit_estimates(view, table);
  fmt::print("\n{}: without {} that never did, on bare ground. [{}{}]\n\n{}",
             format.paint(Style::heading, "Given that a fire starts"), counted(view.runs_not_started, "fire"),
             view.metric.unit, view.metric.is_share ? "" : "; started in %", table.text());
}

void print_modes(const ResultsView& view, const TextFormat& format) {
  ScenarioTable table(view, format);
  table.add_columns({"stay small", "mean then", "border", "run away", "mean then"});
  const std::string mean_of_large = view.large ? "mean if " + over_threshold(view) : "";
  if (view.large) table.add_columns({mean_of_large});
  const double factor = view.metric.factor;
  for (const ScenarioView& scenario : view.scenarios) {
    const Summary& summary = scenario.summary;
    if (!summary.is_bimodal() || view.bound_of(scenario) != Bound::none)
      continue;  // cut off, kinds are not told
    const ModeSplit& modes = summary.kinds.modes;
    std::vector<std::string> cells = {number(100.0 * (1.0 - modes.upper_share)),
                                      number(factor * modes.lower_mean), number(factor * modes.border),
                                      number(100.0 * modes.upper_share), number(factor * modes.upper_mean)};
    if (view.large)
      cells.push_back(with_error(summary.exceedance_size[*view.large],
                                 summary.exceedance_size_ci[*view.large], factor, format));
    table.add_row(scenario, cells);
  }
  if (table.empty()) return;
  table.fit({mean_of_large, "border"});
  fmt::print("\n{}: there are two kinds of fire, and the mean describes neither. [%]\n\n{}",
             format.paint(Style::heading, "Bimodal"), table.text());
}

void print_bounds(const ResultsView& view, const TextFormat& format) {
  ScenarioTable table(view, format);
  table.add_columns({"failed", "missing"});
  if (view.metric.is_share) table.add_columns({"mean"});
  if (view.metric.is_share && view.large) table.add_columns({large_heading(view)});
  for (const ScenarioView& scenario : view.scenarios) {
    const RunCounts& counts = scenario.counts;
    if (counts.ok == counts.planned) continue;
    std::vector<std::string> cells = {grouped(counts.failed), grouped(counts.missing())};
    if (view.metric.is_share) cells.push_back(range(scenario.summary.mean_bounds, 100.0, format));
    if (view.metric.is_share && view.large)
      cells.push_back(range(scenario.summary.exceedance_bounds[*view.large], 100.0, format));
    table.add_row(scenario, cells);
  }
  if (table.empty()) return;
  fmt::print("{}\n{}",
             view.metric.is_share ? "\nWhat estimates would lie between, whatever they had been: [%]\n" : "",
             table.text());
}

void print_unknown(const ResultsView& view, const TextFormat& format) {
  std::uint64_t failed = 0;
  std::uint64_t missing = 0;
  for (const ScenarioView& scenario : view.scenarios) {
    failed += scenario.counts.failed;
    missing += scenario.counts.missing();
  }
  if (failed > 0)
    fmt::print("\n{} failed and {} in no estimate; /provenance says which and why.\n", counted(failed, "run"),
               failed == 1 ? "is" : "are");
  if (missing > 0) fmt::print("\n{} {} missing.\n", counted(missing, "run"), missing == 1 ? "is" : "are");
  if (failed + missing > 0) print_bounds(view, format);
}

}  // namespace

std::string cut_off_text(const ResultsView& view, const TextFormat& format) {
  if (view.runs_cut_off == 0) return {};
  std::string text =
      fmt::format("{}: max_steps ended {} with cells still burning, which do not count as burnt.\n",
                  format.paint(Style::heading, "Cut off"), counted(view.runs_cut_off, "fire"));
  if (view.metric.if_cut_off == Bound::none) return text;
  const bool is_most = view.metric.if_cut_off == Bound::at_most;
  return text + fmt::format("What they would have come to is not known: where it says {}, it is at {}.\n",
                            is_most ? format.at_most() : format.at_least(), is_most ? "most" : "least");
}

std::string beyond_weather_text(const ResultsView& view, const TextFormat& format) {
  if (view.runs_beyond_weather == 0) return {};
  return fmt::format("{}: {} burnt on after the end of the weather that is known, whose last values held.\n",
                     format.paint(Style::heading, "Weather"), counted(view.runs_beyond_weather, "fire"));
}

void print_scenarios(const ResultsView& view, const TextFormat& format) {
  if (view.is_of_design()) {
    fmt::print("{}: {} [{}]\n{}\n{}{}{}{}", format.paint(Style::heading, printable(view.results->name())),
               view.metric.what, view.metric.unit, runs_text(view), measures_text(view), until_text(view),
               cut_off_text(view, format), beyond_weather_text(view, format));
    print_design(view, format);
    print_unknown(view, format);
    return;
  }
  const ScenarioTable table = main_table(view, format);
  fmt::print("{}: {} [{}]\n", format.paint(Style::heading, printable(view.results->name())), view.metric.what,
             view.metric.unit);
  fmt::print("{}{}{}\n{}{}{}{}\n{}", runs_text(view), table.common().empty() ? "" : ", all with ",
             printable(table.common()), measures_text(view), until_text(view), cut_off_text(view, format),
             beyond_weather_text(view, format), table.text());
  std::string legend = fmt::format("Intervals ({} and in brackets) hold with {:.12g} % confidence.",
                                   format.plus_minus(), 100.0 * view.choices.confidence);
  if (table.has(histogram_heading(view)))
    legend += fmt::format(" Bars of the histograms: {:.4g} {} each.",
                          view.metric.factor * view.highest / histogram_bins, view.metric.unit);
  fmt::print("\n{}\n", format.paint(Style::faint, legend));
  print_given_start(view, format);
  print_modes(view, format);
  print_unknown(view, format);
}

}  // namespace firesweep
