#include <string>
#include <utility>

#include <fmt/format.h>

#include "view/score_view.hpp"
#include "view/show_json.hpp"

namespace firesweep {
namespace {

// As few digits as tell the float from its neighbours: 0.1, not 0.10000000149011612.
double short_double(float value) {
  return std::stod(fmt::format("{}", value));
}

Json json_of(const Score& score) {
  return {{"value", score.value}, {"interval", json_of(score.interval)}};
}

Json json_of(const ThresholdScore& at) {
  const Agreement& agreement = at.agreement;
  return {{"threshold", short_double(at.threshold)},
          {"hits", agreement.hits},
          {"false_alarms", agreement.false_alarms},
          {"misses", agreement.misses},
          {"correct_negatives", agreement.correct_negatives},
          {"hit_rate", agreement.hit_rate()},
          {"false_alarm_rate", agreement.false_alarm_rate()},
          {"sorensen", json_of(at.sorensen)},
          {"jaccard", json_of(at.jaccard)}};
}

Json json_of(const ScoredBin& row) {
  return {{"lower", row.bin.lower},
          {"upper", row.bin.upper},
          {"cells", row.bin.cells},
          {"burnt", row.bin.burnt},
          {"mean_probability", row.bin.mean_probability},
          {"burnt_share", json_of(row.burnt_share)}};
}

Json json_of(const MapScore& score) {
  Json diagram = Json::array();
  for (const ScoredBin& row : score.diagram) diagram.push_back(json_of(row));
  Json thresholds = Json::array();
  for (const ThresholdScore& at : score.thresholds) thresholds.push_back(json_of(at));
  return {{"cells", score.area.cells},
          {"burnt", score.area.burnt},
          {"expected", score.area.expected},
          {"blocks", score.blocks},
          {"brier", json_of(score.brier)},
          {"brier_if_reliable", score.brier_if_reliable},
          {"brier_skill", json_of(score.brier_skill)},
          {"brier_parts",
           {{"reliability", score.parts.reliability},
            {"resolution", score.parts.resolution},
            {"uncertainty", score.parts.uncertainty},
            {"within_bins", score.parts.within_bins}}},
          {"roc_area", json_of(score.roc_area)},
          {"area_ratio", json_of(score.area_ratio)},
          {"reliability_diagram", std::move(diagram)},
          {"thresholds", std::move(thresholds)},
          {"best", score.best ? json_of(*score.best) : Json(nullptr)}};
}

}  // namespace

Json json_of(const ScoreView& view) {
  const StoredResults& results = *view.results->results;
  Json scenarios = Json::array();
  for (std::size_t s = 0; s < view.scores.size(); ++s) {
    const ScenarioView& scenario = view.results->scenarios[s];
    Json json = {{"scenario", json_of(results.axes(), scenario.labels)},
                 {"runs_ok", scenario.counts.ok},
                 {"runs_cut_off", scenario.counts.cut_off}};
    json.update(json_of(view.scores[s]));
    scenarios.push_back(std::move(json));
  }
  return {{"file", results.path()},
          {"name", results.name()},
          {"content_sha256", results.content_sha256()},
          {"observed", view.observed},
          {"confidence", view.results->choices.confidence},
          {"block_side", view.scores.front().block_side},
          {"scenarios", std::move(scenarios)}};
}

}  // namespace firesweep
