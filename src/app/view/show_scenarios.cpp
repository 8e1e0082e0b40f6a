#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "terminal.hpp"
#include "view/estimate_text.hpp"
#include "view/show_text.hpp"
#include "view/table.hpp"

namespace firesweep {
namespace {

// A table of scenarios as rows, whose first columns say which: those axes along which they differ.
class ScenarioTable {
 public:
  ScenarioTable(const ResultsView& view, const Look& look) : look_(look) {
    const std::vector<StoredAxis>& axes = view.results->axes();
    for (std::size_t a = 0; a < axes.size(); ++a) {
      std::set<std::string> labels;
      for (const ScenarioView& scenario : view.scenarios) labels.insert(scenario.labels[a]);
      if (labels.size() > 1) {
        axes_.push_back(a);
        table_.add_column(heading(axes[a].name), Table::Align::left);
      } else if (labels.size() == 1) {
        common_.push_back(fmt::format("{} {}", axes[a].name, *labels.begin()));
      }
    }
  }

  void add_columns(const std::vector<std::string>& headings) {
    for (const std::string& text : headings) table_.add_column(heading(text), Table::Align::right);
  }

  void add_row(const ScenarioView& scenario, const std::vector<std::string>& cells) {
    std::vector<std::string> row;
    for (const std::size_t a : axes_) row.push_back(scenario.labels[a]);
    row.insert(row.end(), cells.begin(), cells.end());
    table_.add_row(std::move(row));
  }

  /// Takes columns out, the last of `headings` first, until the table fits the terminal.
  void fit(std::vector<std::string> headings) {
    for (; !headings.empty() && table_.width() > look_.width(); headings.pop_back())
      table_.remove_column(heading(headings.back()));
  }

  bool has(const std::string& text) const { return table_.has_column(heading(text)); }
  bool empty() const { return table_.empty(); }
  std::string text() const { return table_.text(); }
  /// What all scenarios have in common, e.g. "ignition_set centre"; empty if nothing.
  std::string common() const { return fmt::format("{}", fmt::join(common_, ", ")); }

 private:
  std::string heading(const std::string& text) const { return look_.paint(Style::heading, text); }

  const Look& look_;
  Table table_;
  std::vector<std::size_t> axes_;
  std::vector<std::string> common_;
};

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

std::string large_text(const ResultsView& view, const Summary& summary, const Look& look) {
  const double share = summary.exceedance[*view.large];
  return look.paint(style_of_share(share),
                    with_interval(share, summary.exceedance_ci[*view.large], 100.0, look));
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

ScenarioTable main_table(const ResultsView& view, const Look& look) {
  const std::size_t median = view.place_of_quantile(0.5);
  const std::size_t high = view.place_of_quantile(0.95);
  const double factor = view.metric.factor;
  ScenarioTable table(view, look);
  const std::string distribution = histogram_heading(view);
  const bool shows_runs = !has_equal_runs(view);
  if (shows_runs) table.add_columns({"fires"});
  table.add_columns({distribution, "mean", "median", "95 %", "worst 5 %"});
  if (view.large) table.add_columns({large_heading(view)});
  for (const ScenarioView& scenario : view.scenarios) {
    const Summary& summary = scenario.summary;
    std::vector<std::string> cells;
    if (shows_runs) cells.push_back(grouped(summary.runs_ok));
    cells.insert(cells.end(), {look.histogram(scenario.histogram),
                               with_error(summary.mean.mean, summary.mean_ci, factor, look),
                               number(factor * summary.quantile[median]),
                               number(factor * summary.quantile[high]), number(factor * summary.cvar[high])});
    if (view.large) cells.push_back(large_text(view, summary, look));
    table.add_row(scenario, cells);
  }
  table.fit({distribution, "95 %", "median", "worst 5 %"});
  return table;
}

void print_modes(const ResultsView& view, const Look& look) {
  ScenarioTable table(view, look);
  table.add_columns({"stay small", "mean then", "border", "run away", "mean then"});
  const std::string mean_of_large = view.large ? "mean if " + over_threshold(view) : "";
  if (view.large) table.add_columns({mean_of_large});
  const double factor = view.metric.factor;
  for (const ScenarioView& scenario : view.scenarios) {
    const Summary& summary = scenario.summary;
    if (!summary.is_bimodal()) continue;
    const ModeSplit& modes = summary.kinds.modes;
    std::vector<std::string> cells = {number(100.0 * (1.0 - modes.upper_share)),
                                      number(factor * modes.lower_mean), number(factor * modes.border),
                                      number(100.0 * modes.upper_share), number(factor * modes.upper_mean)};
    if (view.large)
      cells.push_back(with_error(summary.exceedance_size[*view.large],
                                 summary.exceedance_size_ci[*view.large], factor, look));
    table.add_row(scenario, cells);
  }
  if (table.empty()) return;
  table.fit({mean_of_large, "border"});
  fmt::print("\n{}: there are two kinds of fire, and the mean describes neither. [%]\n\n{}",
             look.paint(Style::heading, "Bimodal"), table.text());
}

void print_bounds(const ResultsView& view, const Look& look) {
  ScenarioTable table(view, look);
  table.add_columns({"failed", "missing"});
  if (view.metric.is_share) table.add_columns({"mean"});
  if (view.metric.is_share && view.large) table.add_columns({large_heading(view)});
  for (const ScenarioView& scenario : view.scenarios) {
    const RunCounts& counts = scenario.counts;
    if (counts.ok == counts.planned) continue;
    std::vector<std::string> cells = {grouped(counts.failed), grouped(counts.missing())};
    if (view.metric.is_share) cells.push_back(range(scenario.summary.mean_bounds, 100.0, look));
    if (view.metric.is_share && view.large)
      cells.push_back(range(scenario.summary.exceedance_bounds[*view.large], 100.0, look));
    table.add_row(scenario, cells);
  }
  if (table.empty()) return;
  fmt::print("{}\n{}",
             view.metric.is_share ? "\nWhat estimates would lie between, whatever they had been: [%]\n" : "",
             table.text());
}

void print_unknown(const ResultsView& view, const Look& look) {
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
  if (failed + missing > 0) print_bounds(view, look);
  if (view.runs_cut_off > 0)
    fmt::print("\n{} {} ended by max_steps with cells still burning, which do not count as burnt.\n",
               counted(view.runs_cut_off, "run"), view.runs_cut_off == 1 ? "was" : "were");
}

}  // namespace

void print_scenarios(const ResultsView& view, const Look& look) {
  const ScenarioTable table = main_table(view, look);
  fmt::print("{}: {} [{}]\n", look.paint(Style::heading, printable(view.results->name())), view.metric.what,
             view.metric.unit);
  fmt::print("{}{}{}\n\n{}", runs_text(view), table.common().empty() ? "" : ", all with ",
             printable(table.common()), table.text());
  std::string legend = fmt::format("Intervals ({} and in brackets) hold with {:.12g} % confidence.",
                                   look.plus_minus(), 100.0 * view.choices.confidence);
  if (table.has(histogram_heading(view)))
    legend += fmt::format(" Bars of the histograms: {:.4g} {} each.",
                          view.metric.factor * view.highest / histogram_bins, view.metric.unit);
  fmt::print("\n{}\n", look.paint(Style::faint, legend));
  print_modes(view, look);
  print_unknown(view, look);
}

}  // namespace firesweep
