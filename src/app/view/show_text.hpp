#pragma once

#include "view/look.hpp"
#include "view/results_view.hpp"

namespace firesweep {

/// Prints a table of the scenarios, then what is to be known about them: two kinds of fire, runs that failed,
/// are missing or were cut off.
void print_scenarios(const ResultsView& view, const Look& look);

/// Prints what each axis does, if the file knows.
void print_sensitivity(const ResultsView& view, const Look& look);

/// Prints what a step to the next danger level does, seed by seed.
void print_differences(const ResultsView& view, const Look& look);

}  // namespace firesweep
