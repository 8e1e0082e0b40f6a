#pragma once

#include <string>
#include <vector>

#include "firesweep/statistics/map_score.hpp"

#include "view/json.hpp"
#include "view/results_view.hpp"
#include "view/text_format.hpp"

namespace firesweep {

/// Maps of a results file beside an observed perimeter.
struct ScoreView {
  const ResultsView* results = nullptr;  ///< never null
  std::string observed;                  ///< the perimeter's file
  std::vector<MapScore> scores;          ///< shape (scenarios of `results`)
};

/// Prints the scores, a row for each scenario; of a single one with their intervals, the reliability of its
/// probabilities, and how well areas agree by threshold.
void print_scores(const ScoreView& view, const TextFormat& format);

/// All that `score` knows, for programs.
Json json_of(const ScoreView& view);

}  // namespace firesweep
