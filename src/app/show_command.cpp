#include <algorithm>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/ensemble/summary.hpp"
#include "firesweep/io/results_file.hpp"

#include "commands.hpp"
#include "table.hpp"

namespace firesweep {
namespace {

// The scenario's coordinates as text, in the order of the axes (the last varies fastest).
std::vector<std::string> labels_of(const StoredResults& results, std::size_t scenario) {
  std::vector<std::string> labels(results.axes.size());
  for (std::size_t a = results.axes.size(); a-- > 0;) {
    const std::vector<std::string>& values = results.axes[a].labels;
    labels[a] = values[scenario % values.size()];
    scenario /= values.size();
  }
  return labels;
}

// A t interval knows nothing of the limits of a burn fraction; its reader does.
std::string interval_text(const Interval& interval) {
  return fmt::format("{} .. {}", percentage(std::max(interval.lower, 0.0)),
                     percentage(std::min(interval.upper, 1.0)));
}

std::string story_of(const ModeSplit& modes) {
  return fmt::format("{} of the fires stay small (mean {}), {} run away (mean {})",
                     percentage(1.0 - modes.upper_share), percentage(modes.lower_mean),
                     percentage(modes.upper_share), percentage(modes.upper_mean));
}

}  // namespace

void print_results(const std::string& path, double large_fire) {
  const StoredResults results = read_results(path);
  OutputChoices choices = results.choices;
  choices.thresholds = {large_fire};
  choices.quantiles = {0.5, 0.95};

  Table table;
  for (const StoredAxis& axis : results.axes) table.add_column(axis.name, Table::Align::left);
  for (const std::string& heading :
       {std::string("runs"), std::string("mean burnt"),
        fmt::format("{:.12g} % interval", 100.0 * choices.confidence), std::string("median"),
        std::string("95 %"), fmt::format("fires > {:g} %", 100.0 * large_fire), std::string("")})
    table.add_column(heading, heading.empty() ? Table::Align::left : Table::Align::right);

  std::vector<std::string> stories;
  std::uint64_t failed = 0;
  std::uint64_t missing = 0;
  for (std::size_t scenario = 0; scenario < results.runs_planned.size(); ++scenario) {
    if (results.runs_planned[scenario] == 0) continue;
    const std::size_t seeds = results.seeds.size();
    const auto fractions = std::span(results.burn_fraction).subspan(scenario * seeds, seeds);
    const Summary summary = summarise(fractions, choices);
    failed += results.runs_failed[scenario];
    missing += results.runs_planned[scenario] - results.runs_failed[scenario] - summary.runs_ok;
    std::vector<std::string> row = labels_of(results, scenario);
    if (summary.modes)
      stories.push_back(fmt::format("{}: {}", fmt::join(row, ", "), story_of(*summary.modes)));
    row.insert(row.end(),
               {grouped(summary.runs_ok), percentage(summary.mean.mean), interval_text(summary.mean_ci),
                percentage(summary.quantile[0]), percentage(summary.quantile[1]),
                percentage(summary.exceedance[0]), summary.modes ? "bimodal" : ""});
    table.add_row(std::move(row));
  }
  fmt::print("{}: share of the landscape that burns\n\n{}", results.name, table.text());
  if (!stories.empty()) {
    fmt::print("\nBimodal: there are two kinds of fire, and the mean describes neither.\n");
    for (const std::string& story : stories) fmt::print("  {}\n", story);
  }
  if (failed > 0)
    fmt::print("\n{} runs failed and are in no estimate; /provenance says which and why.\n", grouped(failed));
  if (results.runs_cut_off > 0)
    fmt::print("\n{} runs were ended by max_steps with cells still burning, which do not count as burnt.\n",
               grouped(results.runs_cut_off));
  if (missing > 0) fmt::print("\n{} runs are missing.\n", grouped(missing));
}

ExitCode show_command(const ShowOptions& options) {
  if (!(options.large_fire >= 0.0 && options.large_fire < 1.0))
    throw InputError(
        fmt::format("--threshold {} is not a burn fraction (it must lie in [0, 1))", options.large_fire));
  print_results(options.path, options.large_fire);
  return ExitCode::done;
}

}  // namespace firesweep
