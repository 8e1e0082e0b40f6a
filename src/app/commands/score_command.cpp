#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/experiment/bootstrap_words.hpp"
#include "firesweep/experiment/names.hpp"
#include "firesweep/raster/perimeter.hpp"
#include "firesweep/render/score_picture.hpp"
#include "firesweep/statistics/map_score.hpp"
#include "firesweep/store/stored_results.hpp"

#include "commands/command.hpp"
#include "commands/common_options.hpp"
#include "terminal/problem.hpp"
#include "view/results_view.hpp"
#include "view/score_view.hpp"

namespace firesweep {
namespace {

struct ScoreOptions {
  std::string path;
  std::string observed;
  std::vector<std::string> scenarios;
  std::optional<std::size_t> block_side;  ///< [cells]
  std::string figure;                     ///< the file to write to; empty: none
  bool is_json = false;
};

// Throws InputError where there are too many blocks to resample.
std::size_t block_side_of(const ScoreOptions& options, Extent extent) {
  const std::size_t side = options.block_side.value_or(default_block_side(extent.width, extent.height));
  const std::size_t blocks = block_count(extent.width, extent.height, side);
  if (blocks > most_blocks)
    throw InputError(fmt::format(
        "--block {}: makes {} blocks of the landscape's {} x {} cells, more than {}; blocks should be larger "
        "than what burns together",
        side, grouped(blocks), extent.width, extent.height, grouped(most_blocks)));
  return side;
}

class Scoring {
 public:
  Scoring(const StoredResults& results, const ScoreOptions& options)
      : results_(results),
        options_(options),
        side_(block_side_of(options, results.extent())),
        observed_(read_perimeter(options.observed, results.extent(), results.placement())) {}

  // Throws InputError where a scenario has no run that is ok.
  MapScore score(const ScenarioView& scenario, double confidence) const {
    if (scenario.counts.ok == 0)
      throw InputError(fmt::format("{}: has no run of {} yet; choose others with --scenario", results_.path(),
                                   scenario_name(scenario.labels)));
    const std::vector<float> probability = results_.burn_probability(scenario.scenario);
    const BlockedMap map(probability, observed_, results_.extent().width, side_);
    return score_map(map, confidence, bootstrap_words(Seed{results_.seeds().front()}));
  }

  void write_figure(const ScenarioView& scenario, const MapScore& score) const {
    const std::vector<float> probability = results_.burn_probability(scenario.scenario);
    ScoredMap map{results_.extent(), probability, observed_, 0.5F, {}};
    if (score.best) map.threshold = score.best->threshold;
    for (const auto& [bin, share] : score.diagram)
      if (bin.cells > 0)
        map.reliability.push_back(
            {bin.mean_probability, share.value, share.interval.lower, share.interval.upper});
    write_score_picture(options_.figure, "score: " + scenario_name(scenario.labels), map);
  }

 private:
  const StoredResults& results_;
  const ScoreOptions& options_;
  std::size_t side_;
  std::vector<std::uint8_t> observed_;  // shape (height, width)
};

// Throws InputError where a figure would be something else than was meant.
void expect_one_picture(const ScoreOptions& options, std::size_t scenarios) {
  if (options.figure.empty()) return;
  if (std::filesystem::path(options.figure).extension() != ".png")
    throw InputError(
        fmt::format("--figure {}: is written as PNG; give it a name that ends in .png", options.figure));
  if (scenarios > 1)
    throw InputError(
        fmt::format("--figure {}: shows one scenario, and these are {}; choose one with --scenario",
                    options.figure, scenarios));
}

ExitCode score_command(const ScoreOptions& options) {
  const StoredResults results(options.path);
  warn_if_changed(options.path);
  if (!results.choices().maps)
    throw InputError(fmt::format("{}: has no maps; the experiment says outputs.maps: false", options.path));
  ViewChoices choices;
  choices.scenarios = options.scenarios;
  const ResultsView view = view_of(results, choices);
  expect_one_picture(options, view.scenarios.size());

  const Scoring scoring(results, options);
  ScoreView scores{&view, options.observed, {}};
  for (const ScenarioView& scenario : view.scenarios)
    scores.scores.push_back(scoring.score(scenario, view.choices.confidence));
  if (!options.figure.empty()) scoring.write_figure(view.scenarios.front(), scores.scores.front());
  if (options.is_json) {
    fmt::print("{}\n", json_text(json_of(scores)));
  } else {
    print_scores(scores, TextFormat(Colouring::automatic));
  }
  return ExitCode::done;
}

}  // namespace

Action add_score(CLI::App& score) {
  const auto read = std::make_shared<ScoreOptions>();
  ScoreOptions& options = *read;
  add_results_file(score, options.path);
  score
      .add_option("--observed", options.observed,
                  "what burnt: a raster of the same grid (0 not burnt, 1 burnt) or polygons")
      ->required()
      ->type_name("PERIMETER");
  add_scenarios(score, options.scenarios);
  score
      .add_option(
          "--block", options.block_side,
          "side in cells of the blocks that the intervals resample (default: 30 blocks or a few more)")
      ->check(CLI::Range(1U, max_grid_side))
      ->type_name("CELLS");
  score.add_option("--figure", options.figure, "FILE.png: the reliability diagram and the map of agreement")
      ->type_name("FILE");
  score.add_flag("--json", options.is_json, "everything, for programs, as one JSON object");
  score.footer(
      "Examples:\n"
      "  firesweep score fire.h5 --observed perimeter.geojson\n"
      "  firesweep score fire.h5 --observed perimeter.tif --scenario danger_level=extreme --figure "
      "score.png\n"
      "  firesweep score fire.h5 --observed perimeter.tif --json | jq '.scenarios[].brier_skill.value'\n\n"
      "Brier score, ROC area and skill are better the more unburnt land the map has around the fire; "
      "compare them on one\n"
      "landscape only. The indices of Sorensen and Jaccard do not depend on it.");
  return [read](const Invocation&) { return score_command(*read); };
}

}  // namespace firesweep
