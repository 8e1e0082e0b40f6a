#pragma once

#include <span>
#include <string>
#include <vector>

#include "firesweep/ensemble/estimates.hpp"
#include "firesweep/statistics/nan.hpp"

#include "view/results_view.hpp"

namespace firesweep {

/// One estimate with what is known about it: a row of a tidy table, without the columns that say of what.
struct TidyRow {
  static constexpr Interval unknown{nan, nan};

  std::string estimate;  ///< e.g. "exceedance"
  std::string at;        ///< e.g. the threshold; empty if it has no such thing
  double value = 0.0;    ///< NaN if not known
  Interval interval = unknown;
  std::string method;         ///< of the interval; empty if there is none
  Interval bounds = unknown;  ///< if all runs that are not ok had gone either way
};

/// Headings of the columns of a row.
std::vector<std::string> tidy_headings();

/// The row's cells; what is not known is empty.
std::vector<std::string> tidy_cells(const TidyRow& row);

std::vector<TidyRow> tidy_rows(const ResultsView& view, const ScenarioView& scenario);
std::vector<TidyRow> tidy_rows(const PairDifference& difference, const OutputChoices& choices);

/// Of what is lost of a set of assets.
std::vector<TidyRow> tidy_rows(const LossDifference& difference, const Assets& assets,
                               const OutputChoices& choices);

/// Of one axis, an index of the matrix's axes, whose values are called `labels`.
std::vector<TidyRow> tidy_rows(const AxisSensitivities& sensitivity, std::size_t axis,
                               std::span<const std::string> labels, const OutputChoices& choices);

/// A line of CSV (RFC 4180, but a line ends in a mere newline).
std::string csv_line(std::span<const std::string> cells);

/// A number for CSV that reads back as the same double; empty for NaN.
std::string csv_number(double value);

}  // namespace firesweep
