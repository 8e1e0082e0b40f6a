#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"

#include "commands/commands.hpp"
#include "commands/file_commands.hpp"
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

ExitCode show_command(const ShowOptions& options) {
  if (options.is_json && options.is_csv) throw InputError("--json and --csv: choose one");
  if (options.is_csv && options.lists_differences)
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
  print_scenarios(view, format);
  if (options.lists_differences) print_differences(view, format);
  if (options.view.scenarios.empty()) print_sensitivity(view, format);  // which is of all of them
  return ExitCode::done;
}

}  // namespace firesweep
