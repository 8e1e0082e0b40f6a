#pragma once

#include <string>

#include "view/results_view.hpp"
#include "view/text_format.hpp"

namespace firesweep {

/// Prints what was cut off and a table of the scenarios, then what is to be known about them: fires that
/// never started, two kinds of fire, runs that failed or are missing.
void print_scenarios(const ResultsView& view, const TextFormat& format);

/// Prints how likely the cell that was asked for burns in each scenario.
void print_cell(const ResultsView& view, const TextFormat& format);

/// A sentence on fires that were cut off, with a newline; empty if none was.
std::string cut_off_text(const ResultsView& view, const TextFormat& format);

/// Prints what each axis does, if the file knows.
void print_sensitivity(const ResultsView& view, const TextFormat& format);

/// Prints what the samples of a design came to, and what each of its parameters does, if the file has one.
void print_design(const ResultsView& view, const TextFormat& format);

/// Prints the year that the fires add up to. Throws InputError if the file knows none.
void print_season(const ResultsView& view, const TextFormat& format);

/// Prints how often fires reach what is at stake and what they take of it: the sets of these names, parted by commas, or
/// all; of those named also how often one fire reaches two. Throws InputError if the file knows no such set.
void print_assets(const ResultsView& view, const std::string& names, const TextFormat& format);

/// Prints what another value of an axis does to what is lost of each set of assets.
void print_loss_differences(const ResultsView& view, const ComparisonView& along, const TextFormat& format);

/// Prints what it does to a year of fires.
void print_year_differences(const ResultsView& view, const ComparisonView& along, const TextFormat& format);

/// Prints what a step from one value of an axis to the next does, seed by seed.
void print_differences(const ResultsView& view, const ComparisonView& along, const TextFormat& format);

}  // namespace firesweep
