#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "firesweep/statistics/block_bootstrap.hpp"
#include "firesweep/statistics/mean.hpp"
#include "firesweep/statistics/verification.hpp"

namespace firesweep {

/// A score of a map with its interval.
struct Score {
  double value = 0.0;
  Interval interval;
};

/// How well the area that a map says to burn fits what did, at one threshold.
struct ThresholdScore {
  float threshold = 0.0F;
  Agreement agreement;
  Score sorensen;
  Score jaccard;  ///< follows from sorensen, and so does its interval
};

/// A row of the reliability diagram with the interval of its burnt share.
struct ScoredBin {
  ReliabilityBin bin;
  Score burnt_share;
};

/// How well a map of burn probability tells what burnt. Scores are those of verification.hpp, their intervals
/// those of block_bootstrap_intervals().
struct MapScore {
  BurntArea area;
  std::size_t blocks = 0;  ///< that were resampled
  std::size_t block_side = 0;
  Score brier;
  double brier_if_reliable = 0.0;  ///< brier_score_if_reliable()
  Score brier_skill;
  BrierParts parts;
  Score roc_area;
  Score area_ratio;
  std::vector<ScoredBin> diagram;          ///< shape (reliability_bins)
  std::vector<ThresholdScore> thresholds;  ///< shape (score_thresholds)
  /// Where the Sorensen index is highest. It was looked for on the cells that it is of, so it flatters the map;
  /// each resample looks for its own. Absent where no cell that the map says to burn did.
  std::optional<ThresholdScore> best;
};

/// Where the areas are compared, beside the best.
inline constexpr std::array score_thresholds = {0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F, 0.7F, 0.8F, 0.9F};

/// Scores the map, 0 < confidence < 1. Takes as long as block_bootstrap_intervals().
MapScore score_map(const BlockedMap& map, double confidence, const RandomWords& words);

}  // namespace firesweep
