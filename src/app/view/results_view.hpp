#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "firesweep/ensemble/estimates.hpp"
#include "firesweep/model/grid.hpp"
#include "firesweep/store/stored_results.hpp"

#include "view/metric.hpp"

namespace firesweep {

/// Burn fraction from which a fire counts as large unless the user says otherwise.
inline constexpr double default_large_fire = 0.1;

/// What to look at in a results file.
struct ViewChoices {
  std::string metric = "burn_fraction";
  std::optional<double> threshold;     ///< above which a fire is large, in the metric; absent: the file's own
  std::optional<double> quantile;      ///< the high one; absent: 0.95
  std::optional<std::string> cell;     ///< "X,Y" whose burn probability is asked for
  std::optional<std::string> place;    ///< "EASTING,NORTHING", another way to say it
  std::vector<std::string> scenarios;  ///< as chosen_scenarios() takes them
};

struct ShareView {
  double share = 0.0;
  Interval interval;
};

/// How often one cell burnt.
struct CellView {
  std::uint64_t burnt = 0;  ///< fires that did burn it
  ShareView of_all;
  ShareView of_started;
};

/// A place on the map [unit of the CRS].
struct MapPoint {
  double east = 0.0;
  double north = 0.0;
};

/// A scenario as it is shown.
struct ScenarioView {
  std::size_t scenario = 0;
  std::vector<std::string> labels;
  RunCounts counts;
  Summary summary;
  std::vector<std::uint64_t> histogram;  ///< of the metric, from 0 to ResultsView::highest
  ShareView started;                     ///< of the runs that are ok
  std::optional<Summary> given_start;    ///< of the runs that started; absent if all did
  std::optional<CellView> cell;          ///< if asked for
};

/// Two values of an axis compared, all else being equal.
struct DifferenceView {
  std::vector<std::string> labels;  ///< along the other axes
  std::string first;                ///< value that is subtracted
  std::string second;               ///< value that it is subtracted from
  bool is_step = false;  ///< whether no value between the two is shown; always of names without an order
  PairDifference difference;
  std::optional<PairDifference>
      given_start;                     ///< over the seeds whose fires started in both; absent in format 1
  std::vector<LossDifference> losses;  ///< of each set of assets
};

/// Two values of an axis compared over a year.
struct YearDifferenceView {
  std::vector<std::string>
      labels;  ///< along the other axes that the season keeps and that have values to tell apart
  std::string first;
  std::string second;
  PairedDifference burnt;              ///< [year-1]
  std::vector<PairedDifference> lost;  ///< of each set of assets [unit year-1]
};

/// The values of an axis compared two by two.
struct ComparisonView {
  std::string axis;
  std::vector<std::string> other_axes;      ///< those of their labels
  std::vector<DifferenceView> differences;  ///< between scenarios that are shown
  std::vector<YearDifferenceView> years;    ///< of all; none unless the season keeps the axis
};

/// What a results file has to say, in the shape in which it is shown. Estimates are those of the file where
/// it has them, else made from its runs.
struct ResultsView {
  const StoredResults* results = nullptr;  ///< never null
  Metric metric;
  OutputChoices choices;             ///< of the summaries: those of the file, and what a table needs
  std::optional<std::size_t> large;  ///< place of the threshold of a large fire; absent if there is none
  double highest = 1.0;              ///< of the metric, where histograms end
  std::vector<ScenarioView> scenarios;
  double high_quantile = 0.95;
  std::optional<Cell> cell;                      ///< that was asked for
  std::uint64_t runs_cut_off = 0;                ///< of these scenarios
  std::uint64_t runs_beyond_weather = 0;         ///< likewise
  std::uint64_t runs_not_started = 0;            ///< of these scenarios: ok, but no cell caught fire
  std::vector<ComparisonView> comparisons;       ///< of these scenarios, by axis
  std::optional<AxisSensitivities> sensitivity;  ///< of all scenarios
  std::optional<AxisSensitivities>
      sensitivity_given_start;         ///< the same over the seeds whose fires all started
  std::vector<Assets> asset_sets;      ///< what is at stake
  std::vector<AssetEstimate> assets;   ///< of all scenarios, shape (scenarios, sets)
  std::vector<SeasonEstimate> years;   ///< of all scenarios; none without a season
  std::vector<AssetYear> asset_years;  ///< of all scenarios, shape (years, sets)
  std::optional<SampleAxis> samples;   ///< of the file's design
  std::vector<DesignEffects>
      design;                 ///< of all scenarios, shape (combinations of the other axes, quantities)
  double overall_mean = 0.0;  ///< burn fraction, of all scenarios that have any

  /// Whether the scenarios are all samples of a design: too many to tell apart, and none of interest by itself.
  bool is_of_design() const { return samples && scenarios.size() == results->counts().size(); }
  std::size_t place_of_quantile(double q) const;
  /// The centre of the cell that was asked for, if the results lie on the ground.
  std::optional<MapPoint> place_of_cell() const;
  /// What the metric's estimates of a scenario are because of fires that were cut off.
  Bound bound_of(const ScenarioView& scenario) const;
};

/// Where a year is along those axes that the season keeps and that have values to tell apart: axis and value of each.
std::vector<std::pair<std::string, std::string>> labels_of_year(const StoredResults& results,
                                                                const Season& season, std::size_t year);

inline constexpr std::size_t histogram_bins = 10;

/// Throws InputError if there is nothing in `results`, which must outlive the view, that `choices` ask for.
ResultsView view_of(const StoredResults& results, const ViewChoices& choices);

}  // namespace firesweep
