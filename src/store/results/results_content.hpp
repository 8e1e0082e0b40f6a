#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "firesweep/ensemble/estimates.hpp"
#include "firesweep/ensemble/results.hpp"
#include "firesweep/statistics/nan.hpp"
#include "firesweep/store/provenance.hpp"

#include "content/grid_mapping.hpp"
#include "content/group_writer.hpp"
#include "results/estimating.hpp"

namespace firesweep {

/// The one NaN of results files, whatever sign and payload the machine's arithmetic gave.
inline double canonical(double value) {
  return std::isnan(value) ? nan : value;
}

/// What goes into the reproducible part of a results file, and where to.
class ResultsContent {
 public:
  ResultsContent(GroupWriter& root, GroupWriter& sums, const Results& results, Estimating& estimating);

  GroupWriter& root() const { return root_; }
  GroupWriter& sums() const { return sums_; }
  const Results& results() const { return results_; }
  const Plan& plan() const { return results_.plan(); }
  const Experiment& experiment() const { return plan().experiment(); }
  /// Waits until they are made: what is written before costs no time then.
  const Estimates& estimates() const { return estimating_.estimates(); }
  const Summary& summary(std::size_t scenario) const { return estimates().scenarios[scenario]; }
  const Summary& given_start(std::size_t scenario) const { return estimates().given_start[scenario]; }
  std::size_t scenarios() const { return plan().scenarios(); }

  /// The names of an array's dimensions, in order.
  GroupWriter::Dimensions dimensions(const ArrayRow& array) const;

  /// Whether each cell of a scenario's landscape is land, row by row; empty: all are.
  std::span<const std::uint8_t> land(std::size_t scenario) const;
  /// The same for those who may outlive this.
  std::shared_ptr<const std::vector<std::uint8_t>> shared_land(std::size_t scenario) const;

  /// Whether the file has the array, in this group: the user chose it and all of its dimensions.
  bool has(const GroupWriter& group, const ArrayRow& array) const;

  /// Writes an array of all scenarios if the file has it, one scenario in memory at a time: fill(scenario, values)
  /// sets the scenario's values, which come in as zeros. `variable` is what it is called.
  template <class T, class Fill>
  void write(const Array<T>& array, const Variable& variable, const Fill& fill) const {
    GroupWriter& group = array.group.empty() ? root_ : sums_;
    if (!has(group, array)) return;
    std::size_t length = 1;
    for (const ArrayRow* dimension : array.dimensions()) length *= group.length(std::string(dimension->name));
    DatasetStream stream = group.stream<T>(variable, dimensions(array));
    std::vector<T> values;
    for (std::size_t scenario = 0; scenario < scenarios(); ++scenario) {
      values.assign(length, T{});
      fill(scenario, std::span<T>(values));
      stream.append(std::span<const T>(values));
    }
    stream.finish();
    place_map(group, variable, array);
  }
  template <class T, class Fill>
  void write(const Array<T>& array, const Fill& fill) const {
    write(array, array, fill);
  }

  /// Writes a map of all scenarios if the file has it: make(scenario) returns what sets a part of the scenario's values,
  /// part(first, values) from the number `first` on. Other threads call that, until the chunks are finished.
  template <class T, class Make>
  void write_map(const Array<T>& array, const Variable& variable, const Make& make) const {
    GroupWriter& group = array.group.empty() ? root_ : sums_;
    if (!has(group, array)) return;
    std::size_t length = 1;
    for (const ArrayRow* dimension : array.dimensions()) length *= group.length(std::string(dimension->name));
    DatasetStream stream = group.stream<T>(variable, dimensions(array));
    for (std::size_t scenario = 0; scenario < scenarios(); ++scenario)
      stream.append_made<T>(length, make(scenario));
    stream.finish();
    place_map(group, variable, array);
  }
  template <class T, class Make>
  void write_map(const Array<T>& array, const Make& make) const {
    write_map(array, array, make);
  }

  /// Writes what is kept of every run if the file has it: make(first, values) sets the values of the runs from the
  /// number `first` on, one scenario after the other. Other threads call that, until the chunks are finished.
  template <class T, class Make>
  void write_run_values(const Array<T>& array, const Make& make) const {
    GroupWriter& group = array.group.empty() ? root_ : sums_;
    if (!has(group, array)) return;
    DatasetStream stream = group.stream<T>(array, dimensions(array));
    stream.append_made<T>(results_.records().size(), make);
    stream.finish();
  }

  /// Lets a map, if the array is one, name its coordinate system.
  void place_map(GroupWriter& group, const ArrayRow& array) const { place_map(group, array, array); }
  void place_map(GroupWriter& group, const Variable& variable, const ArrayRow& array) const {
    if (is_map(array) && is_in_file(arrays::crs, experiment()))
      group.attribute_of(variable.name, grid_mapping_attribute, std::string(arrays::crs.name));
  }

  /// Writes an array with one value per scenario, value(scenario).
  template <class T, class Value>
  void write_each(const Array<T>& array, const Value& value) const {
    write(array,
          [&](std::size_t scenario, std::span<T> values) { values[0] = static_cast<T>(value(scenario)); });
  }

  /// Writes an array whole, into its group, if the file has it.
  template <class T>
  void write_whole(GroupWriter& group, const Array<T>& array, const Variable& variable,
                   const std::vector<T>& values) const {
    if (has(group, array)) group.write(variable, dimensions(array), values);
  }
  template <class T>
  void write_whole(GroupWriter& group, const Array<T>& array, const std::vector<T>& values) const {
    write_whole(group, array, array, values);
  }

 private:
  static bool is_map(const ArrayRow& array);

  GroupWriter& root_;
  GroupWriter& sums_;
  const Results& results_;
  Estimating& estimating_;
  mutable std::map<const Landscape*, std::shared_ptr<const std::vector<std::uint8_t>>>
      land_;  // made when asked for
};

// Each function below writes a part of the content into the groups that it belongs to. results_writer.cpp
// lists them, and which hash covers which.

/// The root's attributes that say what the file holds.
void write_title(const ResultsContent& content);
/// Coordinates: the axes of the matrix, seeds, cells and steps.
void write_coordinates(const ResultsContent& content);
/// Where the landscape lies, and its layers.
void write_ground(const ResultsContent& content);
/// When steps are, if they have a length.
void write_times(const ResultsContent& content);
/// The coordinates of estimates, and their confidence: what the user chose to be told.
void write_choices(const ResultsContent& content);
/// The weather of every scenario.
void write_conditions(const ResultsContent& content);
/// The probabilities that follow from it.
void write_ignition_probability(const ResultsContent& content);
/// What is at stake, and what every run took of it.
void write_assets(const ResultsContent& content);
/// The losses to exceed, and what is estimated of losses.
void write_asset_estimates(const ResultsContent& content);
/// What every run returned.
void write_runs(const ResultsContent& content);
/// How many of them there are, of which kinds.
void write_run_counts(const ResultsContent& content);
/// The runs that failed, and why.
void write_failures(const ResultsContent& content);
/// Estimates from the burn fractions.
void write_estimates(const ResultsContent& content);
/// What is known of every step: exact sums, and what is estimated from them.
void write_curve_sums(const ResultsContent& content);
void write_curves(const ResultsContent& content);
/// What every run burnt at every step, and its quantiles.
void write_run_curves(const ResultsContent& content);
void write_bands(const ResultsContent& content);
/// What is known of every cell: exact sums, and what is estimated from them.
void write_maps(const ResultsContent& content);
void write_map_estimates(const ResultsContent& content);
/// The values of axes compared seed by seed.
void write_differences(const ResultsContent& content);
/// What each axis does.
void write_sensitivity(const ResultsContent& content);
/// What the parameters of a design do.
void write_design(const ResultsContent& content);
/// The year that the fires add up to.
void write_season(const ResultsContent& content);

/// The volatile part of a results file.
void write_provenance(const GroupWriter& root, const Provenance& provenance);
void write_performance(const GroupWriter& root, const Performance& performance);

}  // namespace firesweep
