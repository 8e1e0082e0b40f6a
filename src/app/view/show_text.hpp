#pragma once

#include <string>

#include "view/look.hpp"
#include "view/results_view.hpp"

namespace firesweep {

/// Prints what was cut off and a table of the scenarios, then what is to be known about them: fires that
/// never started, two kinds of fire, runs that failed or are missing.
void print_scenarios(const ResultsView& view, const Look& look);

/// Prints how likely the cell that was asked for burns in each scenario.
void print_cell(const ResultsView& view, const Look& look);

/// A sentence on fires that were cut off, with a newline; empty if none was.
std::string cut_off_text(const ResultsView& view, const Look& look);

/// Prints what each axis does, if the file knows.
void print_sensitivity(const ResultsView& view, const Look& look);

/// Prints what a step to the next danger level does, seed by seed.
void print_differences(const ResultsView& view, const Look& look);

}  // namespace firesweep
