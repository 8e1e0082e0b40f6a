#include <algorithm>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/suggestion.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "commands/print_results.hpp"
#include "terminal/problem.hpp"
#include "view/results_view.hpp"
#include "view/show_json.hpp"
#include "view/show_text.hpp"
#include "view/summary_table.hpp"

namespace firesweep {

void print_results(const std::string& path) {
  const StoredResults results(path);
  print_scenarios(view_of(results, ViewChoices{}), TextFormat(Colouring::automatic));
}

namespace {

struct ShowOptions {
  std::string path;
  ViewChoices view;
  std::optional<std::string> compared;  ///< axis whose values are compared too; empty: as there is one
  bool shows_season = false;
  std::optional<std::string> assets;  // names parted by commas; empty: all
  bool is_json = false;
  bool is_csv = false;
  Colouring colouring = Colouring::automatic;
};

// Without a name danger levels, or the first axis that is compared; null if none is.
const ComparisonView* comparison_along(const ResultsView& view, const std::string& axis) {
  const std::vector<ComparisonView>& all = view.comparisons;
  const std::string wanted = axis.empty() ? std::string(DangerLevelAxis::name) : axis;
  auto found = std::ranges::find(all, wanted, &ComparisonView::axis);
  if (axis.empty() && found == all.end()) found = all.begin();
  if (found != all.end()) return &*found;
  if (axis.empty()) return nullptr;
  std::vector<std::string> names;
  for (const ComparisonView& along : all) names.push_back(along.axis);
  throw InputError(fmt::format(
      "--paired {}: {} compares no axis of that name ({}){}", axis, view.results->path(),
      names.empty() ? std::string("it compares none") : fmt::format("it has {}", fmt::join(names, ", ")),
      names.empty() ? "; name it in outputs.compare" : suggestion(axis, names)));
}

// What the values of an axis do: to a year, to what is at stake, or to what burns.
void print_comparison(const ResultsView& view, const ShowOptions& options, const TextFormat& format) {
  const ComparisonView* const along = comparison_along(view, *options.compared);
  if (along == nullptr) return fmt::print("\nNo axis has two values that are compared.\n");
  if (options.shows_season) return print_year_differences(view, *along, format);
  if (options.assets) return print_loss_differences(view, *along, format);
  print_differences(view, *along, format);
}

ExitCode show_command(const ShowOptions& options) {
  if (options.is_json && options.is_csv) throw InputError("--json and --csv: choose one");
  if (options.is_csv && options.compared)
    throw InputError(
        "--paired goes with the table and is in --json; 'firesweep export --summary' writes it as CSV");
  const StoredResults results(options.path);
  warn_if_changed(options.path);
  const ResultsView view = view_of(results, options.view);
  if (options.is_json) {
    fmt::print("{}\n", json_text(json_of(view)));
    return ExitCode::done;
  }
  if (options.is_csv) {
    fmt::print("{}", summary_table(view));
    return ExitCode::done;
  }
  const TextFormat format(options.colouring);
  if (view.cell) {
    print_cell(view, format);
    return ExitCode::done;
  }
  if (options.assets || options.shows_season) {
    if (options.assets) print_assets(view, *options.assets, format);
    if (options.shows_season) print_season(view, format);
    if (options.compared) print_comparison(view, options, format);
    return ExitCode::done;
  }
  print_scenarios(view, format);
  if (options.compared) print_comparison(view, options, format);
  if (options.view.scenarios.empty()) print_sensitivity(view, format);  // which is of all of them
  return ExitCode::done;
}

/// Refuses the file that an option without a value would take for one.
CLI::Validator axis_name() {
  return {[](const std::string& given) {
            return given.find_first_of("./") == std::string::npos
                       ? std::string()
                       : fmt::format("'{}' is no axis; name the file before --paired", given);
          },
          "", "axis"};
}

Colouring colouring_of(const std::string& given) {
  if (given == "always") return Colouring::always;
  return given == "never" ? Colouring::never : Colouring::automatic;
}

}  // namespace

Action add_show(CLI::App& show) {
  const auto read = std::make_shared<ShowOptions>();
  ShowOptions& options = *read;
  add_results_file(show, options.path);
  add_scenarios(show, options.view.scenarios);
  show.add_option("--metric", options.view.metric,
                  "which number of every run, e.g. steps, peak_burning_cells (default: burn_fraction)")
      ->type_name("NAME");
  show.add_option("--threshold", options.view.threshold,
                  "what a large fire has more of (default: 0.1 burnt, else the file's middle threshold)")
      ->check(number_or_share())
      ->type_name("X");
  show.add_option("--quantile", options.view.quantile,
                  "the high quantile, from which on fires are the worst (default: 0.95)")
      ->type_name("Q");
  show.add_option("--cell", options.view.cell, "how likely this cell burns in each scenario")
      ->type_name("X,Y");
  show.add_option("--at", options.view.place, "the same of the cell at a place on the map")
      ->type_name("EASTING,NORTHING");
  show.add_option(
          "--assets", options.assets,
          "how often fires reach what is at stake, and what they take; of sets that are named also how "
          "often one fire reaches two")
      ->expected(0, 1)
      ->type_name("A,B");
  show.add_option(
          "--paired", options.compared,
          "also compare the values of an axis seed by seed (default: danger_level, or the first axis that is "
          "compared)")
      ->expected(0, 1)
      ->check(axis_name())
      ->type_name("AXIS");
  show.add_flag("--season", options.shows_season,
                "the year that the fires add up to (season: in the experiment)");
  show.add_flag("--json", options.is_json, "everything, for programs, as one JSON object");
  show.add_flag("--csv", options.is_csv, "a table with one row per scenario and estimate");
  show.add_option_function<std::string>(
          "--color", [&options](const std::string& given) { options.colouring = colouring_of(given); },
          "auto (on a terminal, unless NO_COLOR is set), always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN");
  show.footer(
      "Examples:\n"
      "  firesweep show danger-levels.h5 --threshold 0.5\n"
      "  firesweep show danger-levels.h5 --scenario danger_level=extreme --scenario "
      "danger_level=catastrophic\n"
      "  firesweep show danger-levels.h5 --metric steps --threshold 200\n"
      "  firesweep show danger-levels.h5 --cell 20,5\n"
      "  firesweep show valley.h5 --at 375800,5843200\n"
      "  firesweep show season.h5 --season\n"
      "  firesweep show treatments.h5 --assets houses,hospital\n"
      "  firesweep show danger-levels.h5 --paired --color always | less -R\n"
      "  firesweep show treatments.h5 --season --paired landscape\n"
      "  firesweep show danger-levels.h5 --json | jq '.scenarios[0].mean'\n\n"
      "Estimates are those in the file; what it does not have (another threshold or metric) is made from its "
      "runs.");
  return [read](const Invocation&) { return show_command(*read); };
}

}  // namespace firesweep
