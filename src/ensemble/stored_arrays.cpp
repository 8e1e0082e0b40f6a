#include "firesweep/ensemble/stored_arrays.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/ensemble/asset_arrays.hpp"
#include "firesweep/ensemble/comparison_arrays.hpp"
#include "firesweep/ensemble/design_arrays.hpp"
#include "firesweep/ensemble/estimate_rows.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/experiment/compared_axes.hpp"

namespace firesweep {
namespace {

std::uint64_t long_axes(const Plan& plan) {
  if (samples_of(plan.experiment()) != nullptr) return 0;
  const auto axes =
      std::ranges::count_if(plan.shape().lengths(), [](std::size_t length) { return length > 1; });
  return axes > 1 ? static_cast<std::uint64_t>(axes) : 0;
}

/// Values of the axis that a group compares; 1 if it compares none.
std::uint64_t compared_values(std::string_view group, const Plan& plan) {
  for (const std::size_t axis : compared_axes(plan.experiment()))
    if (group == comparison_group(name(plan.experiment().axes[axis]))) return plan.shape().length(axis);
  return 1;
}

/// How long a dimension of an array of this group is in the plan's file; 0 if it is not there, or not known before the
/// runs are.
std::uint64_t length_of_dimension(const ArrayRow& coordinate, std::string_view group, const Plan& plan) {
  const Experiment& experiment = plan.experiment();
  const std::map<std::string_view, std::uint64_t> lengths = {
      {arrays::seed.name, plan.seeds()},
      {arrays::y.name, experiment.base.extent.height},
      {arrays::x.name, experiment.base.extent.width},
      {arrays::step.name, longest_fire(experiment)},
      {arrays::threshold.name, experiment.outputs.thresholds.size()},
      {arrays::quantile.name, experiment.outputs.quantiles.size()},
      {arrays::pair.name, count_pairs(compared_values(group, plan))},
      {arrays::axis.name, long_axes(plan)},
      {arrays::quantity.name, design_quantities(experiment).size()},
      {arrays::parameter.name, samples_of(experiment) ? samples_of(experiment)->design.parameters() : 0},
      {arrays::parameter_pair.name,
       samples_of(experiment) ? count_pairs(samples_of(experiment)->design.parameters()) : 0},
      {arrays::period.name, experiment.most_weather_periods()},
      {arrays::return_period.name, experiment.season ? experiment.season->return_periods.size() : 0},
  };
  for (const Assets& assets : experiment.assets)
    if (&coordinate == &arrays_of(assets).threshold()) return assets.thresholds.size();
  const auto found = lengths.find(coordinate.name);
  return found == lengths.end() ? coordinate.fixed_length : found->second;
}

/// Years that are estimated; one without a season.
std::uint64_t years(const Plan& plan) {
  const std::optional<Season>& season = plan.experiment().season;
  std::uint64_t years = 1;
  for (std::size_t axis = 0; season && axis < plan.shape().axes(); ++axis)
    if (season->keeps(axis)) years *= plan.shape().length(axis);
  return years;
}

/// Years that differ in the axis of the group alone count once; none where the season does not keep it.
std::uint64_t compared_years(std::string_view group, const Plan& plan) {
  const std::optional<Season>& season = plan.experiment().season;
  for (std::size_t axis = 0; season && axis < plan.shape().axes(); ++axis)
    if (season->keeps(axis) && comparison_group(name(plan.experiment().axes[axis])) == group)
      return years(plan) / plan.shape().length(axis);
  return 0;
}

bool is_known(About about, const Experiment& experiment) {
  const auto inputs = landscape_inputs(experiment);
  switch (about) {
    case About::anything:
      return true;
    case About::place:
      return experiment.ground.placement.has_value();
    case About::fuel:
      return std::ranges::any_of(inputs, [](const auto* input) { return input->fuel.is_given(); });
    case About::time:
      return experiment.ground.step_minutes.has_value();
    case About::elevation:
      return std::ranges::any_of(inputs, [](const auto* input) { return input->elevation.is_given(); });
    case About::residence:
      return experiment.has_residence();
    case About::embers:
      return experiment.has_spotting();
    case About::changes:
      return experiment.most_weather_periods() > 1;
    case About::weather_end:
      return experiment.has_weather_end();
    case About::ignition_density:
      return experiment.has_ignition_density();
    case About::design:
      return samples_of(experiment) != nullptr;
    case About::until:
      return experiment.until.has_value();
    case About::second_order:
      return samples_of(experiment) != nullptr && samples_of(experiment)->design.has_second_order;
    case About::random_ignition:
      return experiment.has_random_ignition();
    case About::season:
      return experiment.season.has_value();
    case About::season_area:
      return experiment.season.has_value() && experiment.ground.placement.has_value();
  }
  return false;
}

/// Of an array of every scenario, numbers per scenario.
std::uint64_t length_of(const ArrayRow& array, const Plan& plan) {
  if (array.is_coordinate()) return length_of_dimension(array, array.group, plan);
  std::uint64_t length =
      array.over == Over::comparisons ? plan.scenarios() / compared_values(array.group, plan) : 1;
  if (array.over == Over::landscapes)
    length = std::max<std::uint64_t>(1, landscape_inputs(plan.experiment()).size());
  if (array.over == Over::ignition_sets) length = ignition_sets(plan.experiment()).size();
  if (array.over == Over::designs) {
    const SampleAxis* samples = samples_of(plan.experiment());
    length = samples == nullptr ? 0 : plan.scenarios() / samples->samples();
  }
  if (array.over == Over::years) length = years(plan);
  if (array.over == Over::compared_years) length = compared_years(array.group, plan);
  for (const ArrayRow* dimension : array.dimensions())
    length = capped_product(length, length_of_dimension(*dimension, array.group, plan));
  return length;
}

}  // namespace

bool is_in_file(const ArrayRow& array, const Experiment& experiment) {
  const bool is_side = &array == &arrays::x || &array == &arrays::y;  // of layers, which are always kept
  return is_known(array.about, experiment) &&
         (array.is_chosen(experiment.outputs) ||
          (is_side &&
           (experiment.has_rasters() || experiment.has_ignition_density() || !experiment.assets.empty())));
}

std::uint64_t capped_product(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t beyond_measure = std::uint64_t{1} << 60;
  return b > 0 && a > beyond_measure / b ? beyond_measure : a * b;
}

// Fires die sooner than this: near the percolation threshold, where they live longest, the fire's way across
// the landscape is a few times its sides. Cells that burn for longer wait for longer.
std::uint64_t longest_fire(const Experiment& experiment) {
  const Extent extent = experiment.base.extent;
  const std::uint64_t way = 4 * (std::uint64_t{extent.width} + extent.height);
  std::uint64_t residence = 1;
  for (const FuelClass& fuel : all_fuel_classes(experiment))
    if (fuel.burnable) residence = std::max<std::uint64_t>(residence, fuel.burn_steps);
  return std::min({std::uint64_t{experiment.base.max_steps}, residence * extent.cells(), residence * way}) +
         1;
}

std::uint64_t compared_pairs(const Plan& plan) {
  std::uint64_t pairs = 0;
  for (const std::size_t axis : compared_axes(plan.experiment()))
    pairs += capped_product(plan.scenarios(), plan.shape().length(axis) - 1) / 2;
  return pairs;
}

std::vector<StoredArray> stored_arrays(const Plan& plan) {
  std::vector<StoredArray> list;
  const auto add = [&](const ArrayRow& array) {
    const std::uint64_t length = length_of(array, plan);
    if (length == 0 || !is_in_file(array, plan.experiment())) return;
    const std::string path = array.group.empty() ? "" : std::string(array.group) + "/";
    const bool is_by_scenario = array.over == Over::scenarios;
    StoredArray& stored = list.emplace_back(StoredArray{path + std::string(array.name), array.source,
                                                        array.element_bytes, length, is_by_scenario});
    if (array.given_start == GivenStart::same) return;
    StoredArray given_start = stored;
    given_start.name += given_start_suffix;
    list.push_back(std::move(given_start));
  };
  const auto add_all = [&](const auto& rows) {
    for (const auto& row : rows) add(array_of(row));
  };
  for (const ArrayRow* array : arrays::all) add(*array);
  for (const std::size_t axis : compared_axes(plan.experiment())) {
    const ComparisonArrays compared(name(plan.experiment().axes[axis]));
    for (const ArrayRow& array : compared.all(plan.experiment().assets)) add(array);
  }
  for (const Parameter& parameter : parameters())
    if (parameter.section == Parameter::Section::weather) add(array_of(parameter));
  add_all(run_quantities());
  add_all(summary_rows());
  for (const Assets& assets : plan.experiment().assets) {
    const AssetArrays& own = arrays_of(assets);
    add(own.value());
    add(own.threshold());
    add_all(own.quantities());
    for (const auto& row : own.loss_rows()) add(own.array_of(row));
    for (const auto& row : own.hit_rows()) add(own.array_of(row));
    for (const auto& row : own.year_loss_rows()) add(own.array_of(row));
    for (const auto& row : own.year_hit_rows()) add(own.array_of(row));
  }
  add_all(mean_effect_rows());
  add_all(exceedance_effect_rows());
  add_all(season_rows());
  if (const SampleAxis* samples = samples_of(plan.experiment())) {
    add_all(design_effect_rows(samples->design.method));
    add_all(parameter_effect_rows(samples->design.method));
    add_all(second_order_rows());
  }
  return list;
}

std::uint64_t bytes_of(const StoredArray& array, std::uint64_t scenarios) {
  const std::uint64_t bytes = capped_product(array.element_bytes, array.length);
  return array.is_by_scenario ? capped_product(bytes, scenarios) : bytes;
}

}  // namespace firesweep
