#include "firesweep/statistics/map_score.hpp"

#include <limits>
#include <span>

namespace firesweep {

namespace {

/// The scores that have intervals, by place: these, then burnt shares of the bins, then Sorensen indices of the
/// thresholds.
enum Place : std::size_t { brier_at, skill_at, roc_at, area_at, best_at, bins_at };
constexpr std::size_t thresholds_at = bins_at + reliability_bins;

std::vector<double> scores_of(ProbabilityLevels levels) {
  constexpr float nothing_burns = std::numeric_limits<float>::infinity();
  const float best = best_threshold(levels).value_or(nothing_burns);
  std::vector<double> scores = {brier_score(levels), brier_skill(levels), roc_area(levels),
                                area_ratio(levels), sorensen(agreement_at(levels, best))};
  for (const ReliabilityBin& bin : reliability_diagram(levels)) scores.push_back(bin.burnt_share());
  for (const float threshold : score_thresholds) scores.push_back(sorensen(agreement_at(levels, threshold)));
  return scores;
}

ThresholdScore threshold_score(ProbabilityLevels levels, float threshold, const Interval& interval) {
  const Agreement agreement = agreement_at(levels, threshold);
  return {threshold,
          agreement,
          {sorensen(agreement), interval},
          {jaccard(agreement), {jaccard_of_sorensen(interval.lower), jaccard_of_sorensen(interval.upper)}}};
}

}  // namespace

MapScore score_map(const BlockedMap& map, double confidence, const RandomWords& words) {
  const ProbabilityLevels levels = map.levels();
  const std::vector<Interval> intervals = block_bootstrap_intervals(map, scores_of, confidence, words);

  MapScore score;
  score.area = burnt_area(levels);
  score.blocks = map.blocks();
  score.block_side = map.side();
  score.brier = {brier_score(levels), intervals[brier_at]};
  score.brier_if_reliable = brier_score_if_reliable(levels);
  score.brier_skill = {brier_skill(levels), intervals[skill_at]};
  score.parts = brier_parts(levels);
  score.roc_area = {roc_area(levels), intervals[roc_at]};
  score.area_ratio = {area_ratio(levels), intervals[area_at]};
  for (const ReliabilityBin& bin : reliability_diagram(levels))
    score.diagram.push_back({bin, {bin.burnt_share(), intervals[bins_at + score.diagram.size()]}});
  for (std::size_t i = 0; i < score_thresholds.size(); ++i)
    score.thresholds.push_back(threshold_score(levels, score_thresholds[i], intervals[thresholds_at + i]));
  if (const std::optional<float> best = best_threshold(levels))
    score.best = threshold_score(levels, *best, intervals[best_at]);
  return score;
}

}  // namespace firesweep
