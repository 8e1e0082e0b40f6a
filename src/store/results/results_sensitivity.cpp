#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "firesweep/ensemble/estimate_rows.hpp"

#include "results/estimate_dimensions.hpp"
#include "results/results_content.hpp"

namespace firesweep {
namespace {

GroupWriter::Dimensions axis_then(GroupWriter::Dimensions dimensions) {
  dimensions.insert(dimensions.begin(), "axis");
  return dimensions;
}

/// Writes where along each axis a mean is found; nowhere if there is no effect to be known.
void write_places(GroupWriter& group, const Variable& variable, const std::vector<Axis>& axes,
                  const AxisSensitivities& sensitivity, std::size_t AxisEffect::*level) {
  std::vector<std::string> labels;
  for (const std::size_t axis : sensitivity.axes) {
    const AxisEffect& effect = sensitivity.mean.axes[axis];
    labels.push_back(std::isnan(effect.effect) ? "" : label(axes[axis], effect.*level));
  }
  group.write(variable, {"axis"}, labels);
}

void write_effects(GroupWriter& group, const AxisSensitivities& sensitivity, const auto& named) {
  for (const EstimateRow<AxisEffect>& row : mean_effect_rows()) {
    std::vector<double> values;
    for (const std::size_t axis : sensitivity.axes)
      std::ranges::transform(row.numbers(sensitivity.mean.axes[axis]), std::back_inserter(values), canonical);
    group.write(named(variable_of(row)), axis_then(dimensions_of(row)), values);
  }
  for (const EstimateRow<AxisEffect>& row : exceedance_effect_rows()) {
    if (!has_dimensions_of(group, row)) continue;
    std::vector<double> values;
    for (const std::size_t axis : sensitivity.axes)
      for (const Sensitivity& of_threshold : sensitivity.exceedance)
        std::ranges::transform(row.numbers(of_threshold.axes[axis]), std::back_inserter(values), canonical);
    group.write(named(variable_of(row)), axis_then(dimensions_of(row)), values);
  }
}

/// Writes a whole analysis; named(variable) is what its datasets and attributes are called.
void write_analysis(GroupWriter& group, const std::vector<Axis>& axes, const AxisSensitivities& sensitivity,
                    const auto& named) {
  const auto attribute = [&](const std::string& name, auto value) {
    group.hashed_attribute(named(Variable{name, "", ""}).name, value);
  };
  attribute("seeds", static_cast<std::int64_t>(sensitivity.mean.seeds));
  attribute("scenarios", static_cast<std::int64_t>(sensitivity.mean.scenarios));
  attribute("chance_of_mean", canonical(sensitivity.mean.chance));
  std::vector<std::int32_t> compared;
  for (const std::size_t axis : sensitivity.axes)
    compared.push_back(static_cast<std::int32_t>(sensitivity.mean.axes[axis].scenarios));
  group.write(named(Variable{"effect_scenarios", "1", "scenarios that the effects of the axis compare"}),
              {"axis"}, compared);
  write_effects(group, sensitivity, named);
  write_places(group, named(Variable{"mean_lowest_at", "1", "where the mean is lowest"}), axes, sensitivity,
               &AxisEffect::lowest_level);
  write_places(group, named(Variable{"mean_highest_at", "1", "where the mean is highest"}), axes, sensitivity,
               &AxisEffect::highest_level);
}

}  // namespace

void write_sensitivity(const ResultsContent& content) {
  const Estimates& estimates = content.estimates();
  if (!estimates.sensitivity) return;
  const std::vector<Axis>& axes = content.experiment().axes;
  GroupWriter group = content.root().create_group("sensitivity");
  std::vector<std::string> names;
  for (const std::size_t axis : estimates.sensitivity->axes) names.emplace_back(name(axes[axis]));
  group.coordinate({"axis", "1", "axis of the matrix with more than one value"}, names);
  group.hashed_attribute("scenarios_in_matrix", static_cast<std::int64_t>(content.scenarios()));
  write_analysis(group, axes, *estimates.sensitivity, [](const Variable& variable) { return variable; });
  write_analysis(group, axes, estimates.sensitivity_given_start.value(), given_start_of);
}

}  // namespace firesweep
