#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/ensemble/estimates.hpp"

namespace firesweep {

/// What is called of an estimate over all runs in the one over the runs in which a fire started: the end of
/// its name, and of its meaning.
inline constexpr std::string_view given_start_suffix = "_given_start";
inline constexpr std::string_view given_start_words = ", of the runs in which a fire started";

/// What the numbers of an estimate can be. NaN, "not known", is always possible.
struct PossibleNumbers {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();

  /// Whether a number is one of them; those on the border may have been rounded beyond it.
  bool include(double number) const {
    constexpr double rounding = 1e-9;
    return !(number < least - rounding || number > most + rounding);
  }
};

/// Is given the numbers of an estimate one by one, in the order of their dataset.
using NumberVisitor = std::function<void(double&)>;

/// One estimate among those that an Owner holds: what it is called, and where it is kept. Whatever writes,
/// reads or lists estimates goes through these rows.
template <class Owner>
struct EstimateRow {
  enum class Along : std::uint8_t { nothing, quantiles, thresholds, return_periods };
  enum class Form : std::uint8_t { number, interval };
  using GivenStart = firesweep::GivenStart;

  std::string_view name;
  std::string_view meaning;
  Along along;
  Form form;
  PossibleNumbers possible;
  GivenStart given_start;
  void (*visit)(Owner&, const NumberVisitor&);
  std::string_view unit = "1";

  /// Its numbers: one, or one for each quantile, threshold or return period; intervals are two, the lower bound first.
  std::vector<double> numbers(const Owner& owner) const {
    std::vector<double> found;
    // A visitor that only looks leaves the owner as it is.
    visit(const_cast<Owner&>(owner), [&found](double& number) { found.push_back(number); });
    return found;
  }
};

/// Estimates of a scenario's burn fractions. Their lists have a place for every quantile and
/// threshold.
std::span<const EstimateRow<Summary>> summary_rows();

/// Estimates of what a change of an axis' value does.
std::span<const EstimateRow<PairDifference>> difference_rows();

/// Estimates of what another value of an axis does to a year.
std::span<const EstimateRow<PairedDifference>> year_difference_rows();

/// Estimates of what an axis does to the mean burn fraction (names that begin with "mean_") and to the
/// exceedance of one threshold ("exceedance_", along which their dataset has the thresholds).
std::span<const EstimateRow<AxisEffect>> mean_effect_rows();
std::span<const EstimateRow<AxisEffect>> exceedance_effect_rows();

/// Estimates of a year of fires.
std::span<const EstimateRow<SeasonEstimate>> season_rows();

/// The arrays that hold them; those of differences in the group that compares danger levels.
Array<double> array_of(const EstimateRow<Summary>& row);
Array<double> array_of(const EstimateRow<PairDifference>& row);
Array<double> array_of(const EstimateRow<PairedDifference>& row);
Array<double> array_of(const EstimateRow<AxisEffect>& row);
Array<double> array_of(const EstimateRow<SeasonEstimate>& row);

/// A year in which every estimate is NaN, with places for so many thresholds and return periods.
SeasonEstimate unknown_year(std::size_t thresholds, std::size_t return_periods);

/// A summary in which every estimate is NaN, with places for so many quantiles and thresholds.
Summary unknown_summary(std::size_t quantiles, std::size_t thresholds);

}  // namespace firesweep
