#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "firesweep/ensemble/estimate_rows.hpp"

#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// Where along each axis a mean is found; nowhere if there is no effect to be known.
std::vector<std::string> places_of(const std::vector<Axis>& axes, const AxisSensitivities& sensitivity,
                                   std::size_t AxisEffect::*level) {
  std::vector<std::string> labels;
  for (const std::size_t axis : sensitivity.axes) {
    const AxisEffect& effect = sensitivity.mean.axes[axis];
    labels.push_back(std::isnan(effect.effect) ? "" : label(axes[axis], effect.*level));
  }
  return labels;
}

/// An estimate of these axes, of each by every analysis.
std::vector<double> effects_of(const EstimateRow<AxisEffect>& row, const std::vector<std::size_t>& axes,
                               std::span<const Sensitivity> analyses) {
  std::vector<double> values;
  for (const std::size_t axis : axes)
    for (const Sensitivity& analysis : analyses)
      std::ranges::transform(row.numbers(analysis.axes[axis]), std::back_inserter(values), canonical);
  return values;
}

/// Writes a whole analysis; named(variable) is what its arrays and attributes are called.
void write_analysis(const ResultsContent& content, GroupWriter& group, const AxisSensitivities& sensitivity,
                    const auto& named) {
  const std::vector<Axis>& axes = content.experiment().axes;
  const auto attribute = [&](const std::string& name, auto value) {
    group.hashed_attribute(named(Variable{name, "", ""}).name, value);
  };
  const auto write = [&](const auto& array, const auto& values) {
    content.write_whole(group, array, named(array), values);
  };
  attribute("seeds", static_cast<std::int64_t>(sensitivity.mean.seeds));
  attribute("scenarios", static_cast<std::int64_t>(sensitivity.mean.scenarios));
  attribute("chance_of_mean", canonical(sensitivity.mean.chance));
  std::vector<std::int32_t> compared;
  for (const std::size_t axis : sensitivity.axes)
    compared.push_back(static_cast<std::int32_t>(sensitivity.mean.axes[axis].scenarios));
  write(arrays::effect_scenarios, compared);
  for (const EstimateRow<AxisEffect>& row : mean_effect_rows())
    write(array_of(row), effects_of(row, sensitivity.axes, {&sensitivity.mean, 1}));
  for (const EstimateRow<AxisEffect>& row : exceedance_effect_rows())
    write(array_of(row), effects_of(row, sensitivity.axes, sensitivity.exceedance));
  write(arrays::mean_lowest_at, places_of(axes, sensitivity, &AxisEffect::lowest_level));
  write(arrays::mean_highest_at, places_of(axes, sensitivity, &AxisEffect::highest_level));
}

}  // namespace

void write_sensitivity(const ResultsContent& content) {
  const Estimates& estimates = content.estimates();
  if (!estimates.sensitivity) return;
  GroupWriter group = content.root().create_group(arrays::axis.group);
  std::vector<std::string> names;
  for (const std::size_t axis : estimates.sensitivity->axes)
    names.emplace_back(name(content.experiment().axes[axis]));
  group.coordinate(arrays::axis, names);
  group.hashed_attribute("scenarios_in_matrix", static_cast<std::int64_t>(content.scenarios()));
  write_analysis(content, group, *estimates.sensitivity, [](const Variable& variable) { return variable; });
  write_analysis(content, group, estimates.sensitivity_given_start.value(), given_start_of);
}

}  // namespace firesweep
