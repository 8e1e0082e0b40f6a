#include "commands/export_arguments.hpp"

#include <cmath>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/parse_number.hpp"

#include "commands/option_checks.hpp"

namespace firesweep {
namespace {

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
          "--cell-size", [&](const std::string& given) { options.cell_size = parse_cell_size(given); },
          "side of a cell in metres")
      ->type_name("M")
      ->group(group);
  exporting
      .add_option_function<std::string>(
          "--corner", [&](const std::string& given) { options.corner = parse_corner(given); },
          "easting and northing of the grid's lower left corner in metres (default: 0,0)")
      ->type_name("E,N")
      ->group(group);
}

}  // namespace

void add_scenarios(CLI::App& command, std::vector<std::string>& scenarios) {
  command
      .add_option("--scenario", scenarios,
                  "only these, e.g. danger_level=extreme,ignition_set=centre; may be repeated")
      ->type_name("AXIS=VALUE,")
      ->allow_extra_args(false);
}

void add_export(CLI::App& app, ExportOptions& options) {
  CLI::App& exporting = *app.add_subcommand(
      "export", "write what is in a results file as CSV, PNG, ESRI ASCII grids and netCDF");
  exporting.add_option("FILE", options.path, "a results file")->required();
  exporting
      .add_option("-o,--output", options.folder, "the folder to write to (default: FILE's name with -export)")
      ->check(output_name())
      ->type_name("FOLDER");
  exporting.add_flag("--runs", options.has_runs, "runs.csv: a row per run, with all that is known of it");
  exporting.add_flag("--summary", options.has_summaries,
                     "summary.csv, paired.csv, sensitivity.csv: a row per estimate, with its interval");
  exporting.add_flag("--maps", options.has_maps, "burn_probability_*.png: a picture per scenario");
  exporting.add_flag("--grid", options.has_grids, "burn_probability_*.asc: an ESRI ASCII grid per scenario");
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
      "Without --runs, --summary, --maps, --grid or --netcdf it writes the first four, but no maps of more "
      "than a\n"
      "thousand scenarios. Files of the same names are replaced, each at once. An empty cell of a CSV is a "
      "value that\n"
      "is not known. In maps the first row is y = 0, as the northernmost. Without --cell-size they lie at 0, "
      "0 "
      "with\n"
      "cells of 1. No coordinate system is ever named.");
}

}  // namespace firesweep
