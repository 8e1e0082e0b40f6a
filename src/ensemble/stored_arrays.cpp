#include "firesweep/ensemble/stored_arrays.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "firesweep/ensemble/estimate_rows.hpp"
#include "firesweep/ensemble/run_quantity.hpp"

namespace firesweep {
namespace {

/// Dimensions besides those of the scenario.
enum class Along : std::uint8_t { nothing, seed, cell, step, quantile, threshold, bound, word, neighbour };
constexpr std::size_t dimensions = 9;

struct Row {
  std::string_view name;
  Source source;
  std::uint64_t element_bytes;
  Along first = Along::nothing;
  Along second = Along::nothing;
};

constexpr Row of_seeds[] = {{"seed", Source::plan, 8, Along::seed}};
constexpr Row of_rows[] = {{"y", Source::plan, 4}};
constexpr Row of_columns[] = {{"x", Source::plan, 4}};
constexpr Row of_steps[] = {{"step", Source::plan, 4, Along::step}};
constexpr Row of_thresholds[] = {{"threshold", Source::plan, 8, Along::threshold}};
constexpr Row of_quantiles[] = {{"quantile", Source::plan, 8, Along::quantile}};

constexpr Row of_every_scenario[] = {
    {"wind_speed", Source::plan, 8},
    {"humidity", Source::plan, 8},
    {"temperature", Source::plan, 8},
    {"wind_direction", Source::plan, 8},
    {"ignition_probability", Source::plan, 8, Along::neighbour},
    {"runs_planned", Source::plan, 8},
    {"runs_ok", Source::plan, 8},
    {"runs_failed", Source::plan, 8},
    {"runs_started", Source::plan, 8},
    {"runs_cut_off", Source::plan, 8},
    {"status", Source::records, 1, Along::seed},
};
constexpr Row of_maps_or_arrival[] = {{"burn_count", Source::burn_counts, 4, Along::cell}};
constexpr Row of_maps[] = {
    {"burn_probability", Source::plan, 4, Along::cell},
    {"burn_probability_ci", Source::plan, 4, Along::cell, Along::bound},
};
constexpr Row of_arrival[] = {
    {"sums/arrival_step_sum", Source::arrivals, 8, Along::cell},
    {"arrival_step_mean", Source::plan, 4, Along::cell},
};
constexpr Row of_curve_sums[] = {
    {"sums/burning_cells_sum", Source::curves, 8, Along::step},
    {"sums/burning_cells_square_sum", Source::curves, 8, Along::step, Along::word},
    {"sums/burnt_cells_square_sum", Source::curves, 8, Along::step, Along::word},
};
// Once over all runs, and once over those in which a fire started.
constexpr Row of_curves[] = {
    {"burning_cells_mean", Source::plan, 8, Along::step},
    {"burning_cells_sd", Source::plan, 8, Along::step},
    {"burnt_fraction_mean", Source::plan, 8, Along::step},
    {"burnt_fraction_sd", Source::plan, 8, Along::step},
};
constexpr Row of_run_curves[] = {
    {"run_burning_cells", Source::run_curves, 4, Along::seed, Along::step},
    {"burning_cells_quantile", Source::summaries, 8, Along::quantile, Along::step},
    {"burnt_fraction_quantile", Source::summaries, 8, Along::quantile, Along::step},
};
constexpr Row of_pairs[] = {{"difference_seeds", Source::differences, 8}};
constexpr Row of_axes[] = {{"effect_scenarios", Source::axes, 4},
                           {"mean_lowest_at", Source::axes, 16},
                           {"mean_highest_at", Source::axes, 16}};

std::uint64_t element_bytes(RunQuantity::Storage storage) {
  return storage == RunQuantity::Storage::count_4 ? 4 : 8;
}

/// Where an array is, and how many of its kind there are.
struct Place {
  std::string group;
  std::string suffix;  // of the name
  std::uint64_t number = 1;
  bool is_by_scenario = true;
};

class ArrayList {
 public:
  explicit ArrayList(const Plan& plan) {
    const Experiment& experiment = plan.experiment();
    length(Along::nothing) = 1;
    length(Along::seed) = plan.seeds();
    length(Along::cell) = experiment.base.extent.cells();
    length(Along::step) = longest_fire(experiment);
    length(Along::quantile) = experiment.outputs.quantiles.size();
    length(Along::threshold) = experiment.outputs.thresholds.size();
    length(Along::bound) = 2;
    length(Along::word) = 2;
    length(Along::neighbour) = 9;
  }

  /// Of every scenario.
  void add(std::span<const Row> rows, const std::string& suffix = "") {
    for (const Row& row : rows) add(row, {"", suffix, 1, true});
  }

  /// Of what there are so many of in all.
  void add(std::span<const Row> rows, std::uint64_t number, const std::string& group = "",
           const std::string& suffix = "") {
    for (const Row& row : rows) add(row, {group, suffix, number, false});
  }

  void add_runs(const OutputChoices& outputs) {
    for (const RunQuantity& quantity : run_quantities())
      if (quantity.is_kept(outputs))
        add(Row{quantity.name, Source::records, element_bytes(quantity.storage), Along::seed},
            {"", "", 1, true});
  }

  /// Estimates, and those of them that there are over the runs in which a fire started, too.
  template <class Owner>
  void add(std::span<const EstimateRow<Owner>> rows, Source source, const Place& place) {
    using Estimate = EstimateRow<Owner>;
    for (const Estimate& estimate : rows) {
      Row row{estimate.name, source, 8};
      if (estimate.along == Estimate::Along::quantiles) row.first = Along::quantile;
      if (estimate.along == Estimate::Along::thresholds) row.first = Along::threshold;
      if (estimate.form == Estimate::Form::interval) row.second = Along::bound;
      add(row, place);
      if (estimate.given_start == Estimate::GivenStart::same) continue;
      Place given_start = place;
      given_start.suffix = given_start_suffix;
      add(row, given_start);
    }
  }

  std::vector<StoredArray> arrays;

 private:
  std::uint64_t& length(Along along) { return lengths_[static_cast<std::size_t>(along)]; }

  void add(const Row& row, const Place& place) {
    std::uint64_t number = place.number;
    for (const Along along : {row.first, row.second}) number = capped_product(number, length(along));
    if (number == 0) return;
    arrays.push_back({place.group + std::string(row.name) + place.suffix, row.source, row.element_bytes,
                      number, place.is_by_scenario});
  }

  std::array<std::uint64_t, dimensions> lengths_{};
};

std::uint64_t long_axes(const Plan& plan) {
  const auto axes =
      std::ranges::count_if(plan.shape().lengths(), [](std::size_t length) { return length > 1; });
  return axes > 1 ? static_cast<std::uint64_t>(axes) : 0;
}

}  // namespace

std::uint64_t capped_product(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t beyond_measure = std::uint64_t{1} << 60;
  return b > 0 && a > beyond_measure / b ? beyond_measure : a * b;
}

// Fires die sooner than this: near the percolation threshold, where they live longest, the fire's way across
// the landscape is a few times its sides.
std::uint64_t longest_fire(const Experiment& experiment) {
  const Extent extent = experiment.base.extent;
  const std::uint64_t way = 4 * (std::uint64_t{extent.width} + extent.height);
  return std::min({std::uint64_t{experiment.base.max_steps}, extent.cells(), way}) + 1;
}

std::uint64_t compared_pairs(const Plan& plan) {
  for (const Axis& axis : plan.experiment().axes) {
    const std::uint64_t levels = size(axis);
    if (std::holds_alternative<DangerLevelAxis>(axis)) return plan.scenarios() * (levels - 1) / 2;
  }
  return 0;
}

std::vector<StoredArray> stored_arrays(const Plan& plan) {
  const OutputChoices& outputs = plan.experiment().outputs;
  const std::array<std::string, 2> suffixes = {"", std::string(given_start_suffix)};
  ArrayList list(plan);
  list.add(of_seeds, 1);
  if (outputs.maps || outputs.arrival) {
    const Extent extent = plan.experiment().base.extent;
    list.add(of_rows, extent.height);
    list.add(of_columns, extent.width);
  }
  if (outputs.curves || outputs.run_curves) list.add(of_steps, 1);
  list.add(of_thresholds, 1);
  list.add(of_quantiles, 1);
  list.add(of_every_scenario);
  list.add_runs(outputs);
  list.add(summary_rows(), Source::summaries, {});
  if (outputs.maps || outputs.arrival) list.add(of_maps_or_arrival);
  if (outputs.maps) list.add(of_maps);
  if (outputs.arrival) list.add(of_arrival);
  if (outputs.curves) {
    list.add(of_curve_sums);
    for (const std::string& suffix : suffixes) list.add(of_curves, suffix);
  }
  if (outputs.run_curves) list.add(of_run_curves);
  const std::uint64_t pairs = compared_pairs(plan);
  list.add(difference_rows(), Source::differences, {"paired/", "", pairs, false});
  const std::uint64_t axes = long_axes(plan);
  list.add(mean_effect_rows(), Source::axes, {"sensitivity/", "", axes, false});
  list.add(exceedance_effect_rows(), Source::axes, {"sensitivity/", "", axes, false});
  for (const std::string& suffix : suffixes) {
    list.add(of_pairs, pairs, "paired/", suffix);
    list.add(of_axes, axes, "sensitivity/", suffix);
  }
  return std::move(list.arrays);
}

std::uint64_t bytes_of(const StoredArray& array, std::uint64_t scenarios) {
  const std::uint64_t bytes = capped_product(array.element_bytes, array.length);
  return array.is_by_scenario ? capped_product(bytes, scenarios) : bytes;
}

}  // namespace firesweep
