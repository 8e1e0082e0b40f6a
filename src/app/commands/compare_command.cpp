#include <algorithm>
#include <array>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/suggestion.hpp"
#include "firesweep/raster/map_raster.hpp"
#include "firesweep/render/difference_picture.hpp"
#include "firesweep/store/stored_results.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "terminal/problem.hpp"
#include "view/compared_view.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;

struct CompareOptions {
  std::string first;
  std::string second;  ///< empty: two values of an axis of the first are compared
  CompareChoices choices;
  std::string map;  ///< the file to write to; empty: none
  bool is_json = false;
  bool is_csv = false;
};

// Throws InputError where options do not go together.
void expect_sense(const CompareOptions& options) {
  if (options.is_json && options.is_csv) throw InputError("--json and --csv: choose one");
  if (options.second.empty() && !options.choices.between)
    throw InputError("compare: needs a second file, or --between AXIS=FIRST,SECOND within the first");
  if (!options.second.empty() && options.choices.between)
    throw InputError("--between: compares values within one file; leave out the second");
  const std::vector<double>& thresholds = options.choices.thresholds;
  for (std::size_t i = 0; i < thresholds.size(); ++i) {
    if (!(thresholds[i] >= 0.0 && thresholds[i] < 1.0))
      throw InputError(fmt::format("--threshold {} is not a burn fraction (it must lie in [0, 1)){}",
                                   thresholds[i], share_suggestion(fmt::format("{}", thresholds[i]))));
    if (i > 0 && thresholds[i] <= thresholds[i - 1]) throw InputError("--threshold: several must increase");
  }
  const fs::path ending = fs::path(options.map).extension();
  if (!options.map.empty() && ending != ".tif" && ending != ".tiff" && ending != ".png")
    throw InputError(fmt::format(
        "--map {}: is written as GeoTIFF or PNG; give it a name that ends in .tif or .png", options.map));
}

// Throws InputError unless there is one pair of maps, of the same cells.
void expect_maps(const ComparedView& view, const std::string& path) {
  const StoredResults& first = *view.first;
  const StoredResults& second = *view.second;
  if (view.pairs.size() > 1)
    throw InputError(fmt::format("--map {}: shows one scenario, and these are {}; choose one with --scenario",
                                 path, view.pairs.size()));
  for (const StoredResults* results : {&first, &second})
    if (!results->choices().maps)
      throw InputError(
          fmt::format("{}: has no maps; the experiment says outputs.maps: false", results->path()));
  if (first.extent() != second.extent())
    throw InputError(
        fmt::format("--map {}: {} has {} x {} cells and {} has {} x {}; maps of one grid alone can be "
                    "compared",
                    path, first.path(), first.extent().width, first.extent().height, second.path(),
                    second.extent().width, second.extent().height));
  if (first.placement() && second.placement() && *first.placement() != *second.placement())
    throw InputError(
        fmt::format("--map {}: {} and {} lie on other ground; maps of one grid alone can be compared", path,
                    first.path(), second.path()));
}

void write_geotiffs(const ComparedView& view, const std::string& title, ComparedMap& map) {
  const Extent extent = view.first->extent();
  const Placement placement = view.first->placement().value_or(placement_of(extent, 1.0, 0.0, 0.0));
  write_geotiff(map.files.front(), {extent, placement, map.map.difference}, "difference of " + title);
  fs::path marked = map.files.front();
  marked.replace_filename(marked.stem().string() + "_marked" + marked.extension().string());
  std::vector<float> classes(map.map.marks.size());
  std::ranges::transform(map.map.marks, classes.begin(), [](CellMark mark) {
    return mark == CellMark::unknown ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(mark);
  });
  constexpr std::array<Rgb, 3> colours = {{{255, 255, 255}, {0x21, 0x66, 0xAC}, {0xB2, 0x18, 0x2B}}};
  write_class_geotiff(marked.string(), {extent, placement, classes},
                      "0 not told from 0, 1 less, 2 more: " + title, colours);
  map.files.push_back(marked.string());
}

ComparedMap write_map(const ComparedView& view, const std::string& path) {
  expect_maps(view, path);
  const ComparedPair& pair = view.pairs.front();
  const std::vector<float> first = view.first->burn_probability(pair.first);
  const std::vector<float> second = view.second->burn_probability(pair.second);
  const BurnMap before{first, view.first->counts()[pair.first].ok};
  const BurnMap after{second, view.second->counts()[pair.second].ok};
  const double confidence = view.choices.confidence;
  const std::optional<PairMaps> pairs =
      view.first == view.second ? view.first->pair_maps(pair.first, pair.second) : std::nullopt;
  const bool is_paired = pairs && pairs->seeds > 0;
  ComparedMap map{is_paired
                      ? difference_of_maps(before, after,
                                           {pairs->only_first, pairs->only_second, pairs->seeds}, confidence)
                      : difference_of_maps(before, after, confidence),
                  is_paired,
                  {path}};
  const std::string title = fmt::format("burn probability: {} less {}{}{}", view.second_name, view.first_name,
                                        pair.labels.empty() ? "" : ", ", fmt::join(pair.labels, " "));
  if (fs::path(path).extension() != ".png") {
    write_geotiffs(view, title, map);
    return map;
  }
  std::vector<std::uint8_t> is_marked(map.map.marks.size());
  std::ranges::transform(map.map.marks, is_marked.begin(), [](CellMark mark) {
    return static_cast<std::uint8_t>(mark == CellMark::less || mark == CellMark::more);
  });
  write_difference_picture(path, title,
                           {view.first->extent(), map.map.difference, is_marked, view.first->placement()});
  return map;
}

ExitCode compare_command(const CompareOptions& options) {
  expect_sense(options);
  const StoredResults first(options.first);
  warn_if_changed(options.first);
  std::optional<StoredResults> other;
  if (!options.second.empty()) {
    other.emplace(options.second);
    warn_if_changed(options.second);
  }
  const ComparedView view = compare(first, other ? *other : first, options.choices);
  std::optional<ComparedMap> map;
  if (!options.map.empty()) map = write_map(view, options.map);
  if (options.is_json)
    fmt::print("{}\n", json_text(json_of(view, map)));
  else if (options.is_csv)
    fmt::print("{}", compared_table(view));
  else
    print_compared(view, map, TextFormat(Colouring::automatic));
  return ExitCode::done;
}

}  // namespace

Action add_compare(CLI::App& compare) {
  const auto read = std::make_shared<CompareOptions>();
  CompareOptions& options = *read;
  compare.add_option("A", options.first, "a results file, whose fires are subtracted")->required();
  compare.add_option("B", options.second, "another, from whose fires they are");
  compare
      .add_option("--between", options.choices.between,
                  "within one file: compare two values of an axis, the second less the first")
      ->type_name("AXIS=FIRST,SECOND");
  add_scenarios(compare, options.choices.scenarios);
  compare
      .add_option("--threshold", options.choices.thresholds,
                  "burn fractions that fires exceed, increasing (default: those of A)")
      ->check(number_or_share())
      ->allow_extra_args(false)
      ->type_name("X");
  compare
      .add_option(
          "--map", options.map,
          "FILE.tif or FILE.png: the difference of burn probability of one scenario, and where it is told "
          "from 0")
      ->check(output_name())
      ->type_name("FILE");
  compare.add_flag("--json", options.is_json, "everything, for programs, as one JSON object");
  compare.add_flag("--csv", options.is_csv, "a table with one row per scenario and estimate");
  compare.footer(
      "Examples:\n"
      "  firesweep compare before.h5 after.h5\n"
      "  firesweep compare before.h5 after.h5 --scenario danger_level=extreme --map difference.tif\n"
      "  firesweep compare valley.h5 --between landscape=today,treated\n"
      "  firesweep compare before.h5 after.h5 --json | jq '.scenarios[].interval'\n\n"
      "Scenarios are matched by the names of their values on the axes that both files have, and compared "
      "over the "
      "seeds\n"
      "that both have and that are ok in both: a seed is the same luck in either. 'diff' says in what "
      "experiments "
      "differ.");
  return [read](const Invocation&) { return compare_command(*read); };
}

}  // namespace firesweep
