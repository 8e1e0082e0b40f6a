#pragma once

#include <cmath>
#include <string>

#include "firesweep/ensemble/estimate_rows.hpp"
#include "firesweep/statistics/nan.hpp"

#include "content/group_writer.hpp"

namespace firesweep {

/// The one NaN of results files, whatever sign and payload the machine's arithmetic gave.
inline double canonical(double value) {
  return std::isnan(value) ? nan : value;
}

/// The dimensions of an estimate's dataset after those of its owners.
template <class Owner>
GroupWriter::Dimensions dimensions_of(const EstimateRow<Owner>& row) {
  using Row = EstimateRow<Owner>;
  GroupWriter::Dimensions dimensions;
  if (row.along == Row::Along::quantiles) dimensions.emplace_back("quantile");
  if (row.along == Row::Along::thresholds) dimensions.emplace_back("threshold");
  if (row.form == Row::Form::interval) dimensions.emplace_back("bound");
  return dimensions;
}

/// Whether the file has them: it has neither where the user asked for no quantiles or thresholds.
template <class Owner>
bool has_dimensions_of(const GroupWriter& group, const EstimateRow<Owner>& row) {
  for (const std::string& dimension : dimensions_of(row))
    if (!group.has_dimension(dimension)) return false;
  return true;
}

template <class Owner>
Variable variable_of(const EstimateRow<Owner>& row) {
  return {std::string(row.name), "1", std::string(row.meaning)};
}

/// The dataset of the same estimate over the runs in which a fire started.
inline Variable given_start_of(const Variable& variable) {
  return {variable.name + std::string(given_start_suffix), variable.units,
          variable.long_name + std::string(given_start_words)};
}

}  // namespace firesweep
