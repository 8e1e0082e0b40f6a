#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "firesweep/model/grid.hpp"

namespace firesweep {

/// A point of a reliability diagram: of the cells of about one probability, the share that burnt.
struct ReliabilityPoint {
  double mean_probability = 0.0;
  double burnt_share = 0.0;
  double lower = 0.0;  ///< of the burnt share's interval; NaN where there is none
  double upper = 0.0;
};

/// A map of burn probability beside what burnt.
struct ScoredMap {
  Extent extent;
  std::span<const float> probability;      ///< shape (height, width), NaN where not known
  std::span<const std::uint8_t> observed;  ///< same shape, 1 burnt, 0 not burnt, else not known
  float threshold = 0.5F;                  ///< from which on the map says that a cell burns
  std::vector<ReliabilityPoint> reliability;
};

/// Writes a PNG picture: under a title in ASCII the reliability diagram, with the dotted diagonal of a map whose
/// probabilities mean what they say, and the map of where both agree at the threshold. Throws CannotWrite.
void write_score_picture(const std::string& path, const std::string& title, const ScoredMap& map);

}  // namespace firesweep
