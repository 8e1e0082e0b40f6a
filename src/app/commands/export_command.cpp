#include <algorithm>
#include <filesystem>
#include <iterator>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/io/export_file.hpp"
#include "firesweep/io/map_files.hpp"
#include "firesweep/io/results_file.hpp"
#include "firesweep/io/stored_results.hpp"

#include "commands/comparison.hpp"
#include "commands/file_commands.hpp"
#include "problem.hpp"
#include "terminal.hpp"
#include "view/results_view.hpp"
#include "view/safe_names.hpp"
#include "view/scenario_filter.hpp"
#include "view/summary_table.hpp"
#include "view/tidy_rows.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;

// One line per run. Only one scenario is in memory at a time.
void write_runs(ExportFile& file, const StoredResults& results, const std::vector<std::size_t>& chosen) {
  std::vector<std::string> headings;
  for (const StoredAxis& axis : results.axes()) headings.push_back(axis.name);
  headings.insert(headings.end(), {"seed", "status"});
  headings.insert(headings.end(), results.run_columns().begin(), results.run_columns().end());
  file.write(csv_line(headings));

  fmt::memory_buffer line;
  for (const std::size_t s : chosen) {
    std::string labels = csv_line(results.labels(s));
    labels.back() = ',';
    const std::vector<RunStatus> statuses = results.statuses(s);
    std::vector<std::vector<double>> columns;
    for (const std::string& column : results.run_columns()) columns.push_back(results.run_values(column, s));
    for (std::size_t i = 0; i < statuses.size(); ++i) {
      line.clear();
      fmt::format_to(std::back_inserter(line), "{}{},{}", labels, results.seeds()[i], name(statuses[i]));
      for (const std::vector<double>& column : columns) {
        line.push_back(',');
        if (statuses[i] == RunStatus::ok) fmt::format_to(std::back_inserter(line), "{}", column[i]);
      }
      line.push_back('\n');
      file.write({line.data(), line.size()});
    }
  }
}

// Names of the files of all scenarios, without folder and ending, e.g. "burn_probability_extreme_centre".
std::vector<std::string> map_names(const StoredResults& results) {
  std::vector<std::string> names;
  for (std::size_t scenario = 0; scenario < results.counts().size(); ++scenario) {
    std::string& name = names.emplace_back("burn_probability");
    const std::vector<std::string> labels = results.labels(scenario);
    for (std::size_t a = 0; a < labels.size(); ++a) {
      const std::string& axis = results.axes()[a].name;
      const bool speaks_for_itself = axis == "danger_level" || axis == "ignition_set";
      name += "_" + (speaks_for_itself ? labels[a] : axis + "-" + labels[a]);
    }
  }
  return safe_names(names);
}

class Export {
 public:
  Export(const StoredResults& results, const ExportOptions& options)
      : results_(results),
        folder_(folder_of(options)),
        chosen_(chosen_scenarios(results, options.scenarios)) {
    make_folder(folder_.string());
  }

  void write_runs() const {
    ExportFile file(path("runs.csv"));
    firesweep::write_runs(file, results_, chosen_);
    file.publish();
    tell_of("runs.csv", "every run");
  }

  void write_summaries(const std::vector<std::string>& scenarios) const {
    ViewChoices choices;
    choices.scenarios = scenarios;
    const ResultsView view = view_of(results_, choices);
    write_table("summary.csv", "estimates of every scenario", summary_table(view));
    write_table("paired.csv", "danger levels compared seed by seed", differences_table(view));
    write_table("sensitivity.csv", "what each axis does", sensitivity_table(view));
  }

  void write_maps(const ExportOptions& options) const {
    const std::vector<std::string> names = map_names(results_);
    for (const std::size_t s : chosen_) {
      const std::vector<float> values = results_.burn_probability(s);
      const ProbabilityMap map{results_.extent(), values};
      const std::string& name = names[s];
      const std::string title = fmt::format("burn probability: {}", fmt::join(results_.labels(s), ", "));
      if (options.has_maps) {
        write_map_picture(path(name + ".png"), title, map);
        tell_of(name + ".png", title);
      }
      if (options.has_grids) {
        write_map_grid(path(name + ".asc"), map);
        tell_of(name + ".asc", title);
      }
    }
  }

 private:
  static fs::path folder_of(const ExportOptions& options) {
    return options.folder.empty() ? fs::path(options.path).stem() += "-export" : fs::path(options.folder);
  }
  // Where a file of that name goes. Throws CannotWrite if the results are there.
  std::string path(const std::string& name) const {
    const fs::path place = folder_ / name;
    std::error_code ignored;
    if (fs::equivalent(place, results_.path(), ignored))
      throw CannotWrite(place.string() + ": is the results file itself; choose another folder with -o");
    return place.string();
  }
  void tell_of(const std::string& name, const std::string& what) const {
    fmt::print("{}  {}\n", path(name), printable(what));
  }
  void write_table(const std::string& name, const std::string& what, const std::string& text) const {
    if (text.empty()) return;
    ExportFile file(path(name));
    file.write(text);
    file.publish();
    tell_of(name, what);
  }

  const StoredResults& results_;
  fs::path folder_;
  std::vector<std::size_t> chosen_;
};

}  // namespace

ExitCode export_command(const ExportOptions& given) {
  const StoredResults results(given.path);
  warn_if_changed(given.path);
  ExportOptions options = given;
  if (!given.has_runs && !given.has_summaries && !given.has_maps && !given.has_grids) {
    options.has_runs = options.has_summaries = true;
    options.has_maps = options.has_grids = results.choices().maps;
  }
  if ((options.has_maps || options.has_grids) && !results.choices().maps)
    throw InputError(fmt::format("{}: has no maps; the experiment says outputs.maps: false", given.path));
  const Export work(results, options);
  if (options.has_summaries) work.write_summaries(options.scenarios);
  if (options.has_runs) work.write_runs();
  if (options.has_maps || options.has_grids) work.write_maps(options);
  return ExitCode::done;
}

}  // namespace firesweep
