#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_number.hpp"
#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/ensemble/comparison_arrays.hpp"
#include "firesweep/ensemble/performance.hpp"
#include "firesweep/experiment/names.hpp"
#include "firesweep/files/export_file.hpp"
#include "firesweep/raster/map_raster.hpp"
#include "firesweep/render/map_files.hpp"
#include "firesweep/store/netcdf_file.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/stored_results.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "commands/comparison.hpp"
#include "commands/export_runs.hpp"
#include "terminal/problem.hpp"
#include "terminal/terminal.hpp"
#include "view/results_view.hpp"
#include "view/safe_names.hpp"
#include "view/scenario_filter.hpp"
#include "view/summary_table.hpp"
#include "view/table.hpp"
#include "view/tidy_rows.hpp"

namespace firesweep {
namespace {

/// Of a grid, the lower left one.
struct Corner {
  double east = 0.0;   ///< [m]
  double north = 0.0;  ///< [m]
};

struct ExportOptions {
  std::string path;
  std::string folder;  ///< empty: the file's name with "-export", in the current folder
  bool has_runs = false;
  bool has_summaries = false;
  bool has_maps = false;
  bool has_grids = false;
  bool has_geotiffs = false;
  bool has_classes = false;
  std::string netcdf;               ///< the file to write to; empty: none. None of the five: the other four
  std::optional<double> cell_size;  ///< [m]
  std::optional<Corner> corner;     ///< only with cell_size
  std::vector<std::string> scenarios;
};

namespace fs = std::filesystem;

std::array<Rgb, 101> colours_of_percents() {
  std::array<Rgb, 101> colours;
  std::ranges::transform(percent_colours(), colours.begin(), [](const std::array<std::uint8_t, 3>& colour) {
    return Rgb{colour[0], colour[1], colour[2]};
  });
  return colours;
}

// Names of the files of all scenarios, without folder and ending, e.g. "burn_probability_extreme_centre".
std::vector<std::string> map_names(const StoredResults& results) {
  std::vector<std::string> names;
  for (std::size_t scenario = 0; scenario < results.counts().size(); ++scenario) {
    std::string& name = names.emplace_back(arrays::burn_probability.name);
    const std::vector<std::string> labels = results.labels(scenario);
    for (std::size_t a = 0; a < labels.size(); ++a) {
      const std::string& axis = results.axes()[a].name;
      const bool speaks_for_itself = axis == DangerLevelAxis::name || axis == IgnitionSetAxis::name;
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
        placement_(placement_of(results, options)),
        chosen_(chosen_scenarios(results, options.scenarios)) {}

  const std::vector<std::size_t>& scenarios() const { return chosen_; }

  /// The file that holds the maps of all scenarios where they are too many for files of their own.
  std::string stack() const { return path(std::string(arrays::burn_probability.name) + ".nc"); }

  void make_folder() const { firesweep::make_folder(folder_.string()); }

  void write_runs() const {
    ExportFile file(path("runs.csv"));
    write_run_rows(file, results_, chosen_);
    file.publish();
    tell_of("runs.csv", "every run");
  }

  void write_summaries(const std::vector<std::string>& scenarios) const {
    ViewChoices choices;
    choices.scenarios = scenarios;
    const ResultsView view = view_of(results_, choices);
    write_table("summary.csv", "estimates of every scenario", summary_table(view));
    for (const ComparisonView& along : view.comparisons)
      write_table(comparison_group(along.axis) + ".csv", "values of " + along.axis + " compared seed by seed",
                  differences_table(view, along));
    write_table("sensitivity.csv", "what each axis does", sensitivity_table(view));
  }

  void write_maps(const ExportOptions& options) const {
    const std::vector<std::string> names = map_names(results_);
    Stopwatch since_word;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      const std::size_t s = chosen_[i];
      if (since_word.seconds() > seconds_between_words) {
        tell(fmt::format("{} of {} maps\n", grouped(i), grouped(chosen_.size())));
        since_word = Stopwatch();
      }
      write_map(options, names[s], "burn probability: " + scenario_name(results_.labels(s)),
                results_.burn_probability(s), s);
    }
    write_annual_maps(options);
  }

  void write_netcdf(const std::string& path) const {
    expect_not_the_results(path);
    firesweep::write_netcdf(path, results_, chosen_, placement_);
    fmt::print("{}  {} maps of burn probability\n", path, grouped(chosen_.size()));
    if (fs::path(path).extension() != ".nc")
      tell(fmt::format(
          "firesweep: note: {}: many programs take a file for netCDF only if its name ends in .nc\n", path));
  }

  // What a GIS makes of cells of 1 at 0, 0 should surprise nobody.
  void say_if_not_placed() const {
    if (placement_) return;
    const Extent extent = results_.extent();
    const bool looks_like_degrees = extent.width <= 360 && extent.height <= 90;
    tell(fmt::format(
        "firesweep: note: maps lie at 0, 0 with cells of 1{}; --cell-size and --corner place them on the "
        "ground\n",
        looks_like_degrees ? ", which R's terra takes for degrees" : ""));
  }

 private:
  // A map in every form that is asked for, on the ground of a scenario; its wind, too, unless it is of a year.
  void write_map(const ExportOptions& options, const std::string& name, const std::string& title,
                 const std::vector<float>& values, std::size_t scenario, bool is_of_year = false) const {
    if (options.has_maps) {
      const std::vector<float> elevation = results_.elevation(scenario);
      write_map_picture(path(name + ".png"), title,
                        {results_.extent(), values, placement_, elevation,
                         is_of_year ? std::nullopt : results_.wind_to(scenario)});
      tell_of(name + ".png", title);
    }
    if (options.has_grids) {
      write_ascii_grid(path(name + ".asc"), ground_map(values));
      tell_of(name + ".asc", title);
    }
    if (options.has_geotiffs) {
      write_geotiff(path(name + ".tif"), ground_map(values), title);
      tell_of(name + ".tif", title);
    }
    if (options.has_classes) {
      write_percent_geotiff(path(name + "_percent.tif"), ground_map(values), title + " [percent]",
                            colours_of_percents());
      tell_of(name + "_percent.tif", title + ", in percent");
    }
  }

  // Of every year that the scenarios add up to, if they are all asked for.
  void write_annual_maps(const ExportOptions& options) const {
    if (!results_.has_annual_maps() || !options.scenarios.empty()) return;
    const Season season = results_.season().value();
    const auto years = seasons_of(season, results_.shape());
    std::vector<std::string> names;
    std::vector<std::string> titles;
    for (std::size_t year = 0; year < years.size(); ++year) {
      names.emplace_back(arrays::annual_burn_probability.name);
      titles.emplace_back("burn probability in a year");
      for (const auto& [axis, label] : labels_of_year(results_, season, year)) {
        names.back() += fmt::format("_{}-{}", axis, label);
        titles.back() += fmt::format(", {} {}", axis, label);
      }
    }
    names = safe_names(names);
    for (std::size_t year = 0; year < years.size(); ++year)
      write_map(options, names[year], titles[year], results_.annual_burn_probability(year),
                years[year].front().scenario, true);
  }

  static fs::path folder_of(const ExportOptions& options) {
    return options.folder.empty() ? fs::path(options.path).stem() += "-export" : fs::path(options.folder);
  }
  // Where a file of that name goes. Throws CannotWrite if the results are there.
  std::string path(const std::string& name) const {
    std::string place = (folder_ / name).string();
    expect_not_the_results(place);
    return place;
  }
  void expect_not_the_results(const std::string& place) const {
    std::error_code ignored;
    if (fs::equivalent(place, results_.path(), ignored))
      throw CannotWrite(place + ": is the results file itself; choose another place");
  }
  static MaybePlacement placement_of(const StoredResults& results, const ExportOptions& options) {
    if (results.placement() && options.cell_size)
      throw InputError("--cell-size: the results say themselves where they lie; leave it out");
    if (!options.cell_size) return results.placement();
    const Corner corner = options.corner.value_or(Corner{});
    return firesweep::placement_of(results.extent(), *options.cell_size, corner.east, corner.north);
  }
  GroundMap ground_map(std::span<const float> values) const {
    const Extent extent = results_.extent();
    return {extent, placement_.value_or(firesweep::placement_of(extent, 1.0, 0.0, 0.0)), values};
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

  static constexpr double seconds_between_words = 10.0;

  const StoredResults& results_;
  fs::path folder_;
  MaybePlacement placement_;
  std::vector<std::size_t> chosen_;
};

bool has_map_files(const ExportOptions& options) {
  return options.has_maps || options.has_grids || options.has_geotiffs || options.has_classes;
}

bool has_choice(const ExportOptions& options) {
  return options.has_runs || options.has_summaries || has_map_files(options) || !options.netcdf.empty();
}

// Throws InputError where options would have no effect.
void expect_sense(const ExportOptions& options) {
  const bool has_tables = options.has_runs || options.has_summaries;
  const bool has_pictures = has_map_files(options);
  if (options.corner && !options.cell_size)
    throw InputError("--corner: needs --cell-size, the side of a cell in metres");
  if (options.cell_size && has_tables && !has_pictures && options.netcdf.empty())
    throw InputError(
        "--cell-size: places maps on the ground; ask for them with --maps, --grid, --geotiff, --percent or "
        "--netcdf FILE");
  if (!options.folder.empty() && !options.netcdf.empty() && !has_tables && !has_pictures)
    throw InputError("-o: --netcdf writes the file that it names, and nothing else is to be written");
}

// All that there is, but of many scenarios one file of maps: nobody has asked for tens of thousands.
void choose_all(ExportOptions& options, const StoredResults& results, const Export& work) {
  constexpr std::size_t most_maps = 1000;
  const std::size_t scenarios = work.scenarios().size();
  options.has_runs = options.has_summaries = true;
  options.has_maps = options.has_grids = results.choices().maps && scenarios <= most_maps;
  options.has_geotiffs = options.has_maps && results.placement();
  if (!results.choices().maps || scenarios <= most_maps) return;
  options.netcdf = work.stack();
  tell(
      fmt::format("firesweep: note: maps of {} scenarios would be {} files, so they are in one, {}; choose "
                  "some with --scenario, or "
                  "ask for files with --maps or --grid\n",
                  grouped(scenarios), grouped((results.placement() ? 3 : 2) * scenarios), options.netcdf));
}

ExitCode export_command(const ExportOptions& given) {
  ExportOptions options = given;
  expect_sense(options);
  const StoredResults results(given.path);
  warn_if_changed(given.path);
  const Export work(results, options);
  if (!has_choice(options)) choose_all(options, results, work);
  const bool has_maps = has_map_files(options);
  if ((has_maps || !options.netcdf.empty()) && !results.choices().maps)
    throw InputError(fmt::format("{}: has no maps; the experiment says outputs.maps: false", given.path));
  if (options.has_summaries || options.has_runs || has_maps) work.make_folder();
  if (options.has_summaries) work.write_summaries(options.scenarios);
  if (options.has_runs) work.write_runs();
  if (has_maps) work.write_maps(options);
  if (!options.netcdf.empty()) work.write_netcdf(options.netcdf);
  if (options.has_grids || options.has_geotiffs || options.has_classes || !options.netcdf.empty())
    work.say_if_not_placed();
  return ExitCode::done;
}

std::optional<double> number_of(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return parse_finite(text);
}

double parse_cell_size(const std::string& given) {
  const std::optional<double> size = number_of(given);
  if (!size || *size <= 0.0)
    throw InputError(
        fmt::format("--cell-size {}: is not a length in metres above 0; write e.g. --cell-size 30", given));
  return *size;
}

Corner parse_corner(const std::string& given) {
  const std::string_view text = given;
  const std::size_t comma = text.find(',');
  const bool has_two = comma != std::string_view::npos;
  const std::optional<double> east = number_of(text.substr(0, comma));
  const std::optional<double> north = has_two ? number_of(text.substr(comma + 1)) : std::nullopt;
  if (!east || !north)
    throw InputError(
        fmt::format("--corner {}: is not an easting and a northing in metres; write e.g. "
                    "--corner 440000,5980000",
                    given));
  return {*east, *north};
}

void add_placement(CLI::App& exporting, ExportOptions& options) {
  const std::string group = "Where the landscape lies on the ground";
  exporting
      .add_option_function<std::string>(
          "--cell-size", [&options](const std::string& given) { options.cell_size = parse_cell_size(given); },
          "side of a cell in metres")
      ->type_name("M")
      ->group(group);
  exporting
      .add_option_function<std::string>(
          "--corner", [&options](const std::string& given) { options.corner = parse_corner(given); },
          "easting and northing of the grid's lower left corner in metres (default: 0,0)")
      ->type_name("E,N")
      ->group(group);
}

}  // namespace

Action add_export(CLI::App& exporting) {
  const auto read = std::make_shared<ExportOptions>();
  ExportOptions& options = *read;
  add_results_file(exporting, options.path);
  exporting
      .add_option("-o,--output", options.folder, "the folder to write to (default: FILE's name with -export)")
      ->check(output_name())
      ->type_name("FOLDER");
  exporting.add_flag("--runs", options.has_runs, "runs.csv: a row per run, with all that is known of it");
  exporting.add_flag(
      "--summary", options.has_summaries,
      "summary.csv, paired.csv, paired_AXIS.csv, sensitivity.csv: a row per estimate, with its interval");
  exporting.add_flag("--maps", options.has_maps, "burn_probability_*.png: a picture per scenario");
  exporting.add_flag("--grid", options.has_grids, "burn_probability_*.asc: an ESRI ASCII grid per scenario");
  exporting.add_flag(
      "--geotiff", options.has_geotiffs,
      "burn_probability_*.tif: a GeoTIFF per scenario, and annual_burn_probability*.tif of a year");
  exporting.add_flag(
      "--percent", options.has_classes,
      "burn_probability_*_percent.tif: whole percents with colours, for tools that take classes");
  exporting
      .add_option(
          "--netcdf", options.netcdf,
          "FILE.nc, wherever it says: the maps of all scenarios in one CF netCDF file, for GIS, R, ...")
      ->type_name("FILE");
  add_placement(exporting, options);
  add_scenarios(exporting, options.scenarios);
  exporting.footer(
      "Examples:\n"
      "  firesweep export danger-levels.h5\n"
      "  firesweep export danger-levels.h5 --netcdf danger-levels.nc --cell-size 30 --corner 440000,5980000\n"
      "  firesweep export danger-levels.h5 --maps --scenario danger_level=extreme -o maps\n"
      "  firesweep export danger-levels.h5 --runs -o /tmp && column -s, -t /tmp/runs.csv | head\n\n"
      "Without --runs, --summary, --maps, --grid, --geotiff, --percent or --netcdf it writes the first four, "
      "and\n"
      "GeoTIFFs where the landscape has a place; the maps of more than a thousand scenarios go into one "
      "file,\n"
      "burn_probability.nc, each with the labels of its scenario. Files of the same\n"
      "names are replaced, each at once. An empty cell of a CSV is a value that is not known. In maps the "
      "first row\n"
      "is y = 0, as the northernmost. They lie where the landscape does; if the experiment does not say it, "
      "at 0, 0\n"
      "with cells of 1, or as --cell-size and --corner say.");
  return [read](const Invocation&) { return export_command(*read); };
}

}  // namespace firesweep
