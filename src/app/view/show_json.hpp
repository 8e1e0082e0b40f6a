#pragma once

#include <string>
#include <vector>

#include "view/json.hpp"
#include "view/results_view.hpp"

namespace firesweep {

Json json_of(const Interval& interval);

/// What two scenarios differ by.
Json json_of(const PairDifference& difference, const std::vector<double>& thresholds);

/// The coordinates of a scenario with those labels.
Json json_of(const std::vector<StoredAxis>& axes, const std::vector<std::string>& labels);

/// All that `show` knows, for programs.
Json json_of(const ResultsView& view);

}  // namespace firesweep
