#pragma once

#include <string>

#include "view/results_view.hpp"

namespace firesweep {

/// Tidy tables as CSV: a row per scenario and estimate, per pair of values of an axis and estimate, per axis and
/// estimate. Empty if there is nothing of the kind.
std::string summary_table(const ResultsView& view);
std::string differences_table(const ResultsView& view, const ComparisonView& along);
std::string sensitivity_table(const ResultsView& view);

}  // namespace firesweep
