#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "firesweep/ensemble/estimate_rows.hpp"

#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// One analysis on its way into the group.
class SensitivityWriter {
 public:
  /// named(array) is what an array, or an attribute, is called.
  using Named = Variable (*)(const Variable&);

  SensitivityWriter(const ResultsContent& content, GroupWriter& group, const AxisSensitivities& sensitivity,
                    Named named)
      : content_(content), group_(group), sensitivity_(sensitivity), named_(named) {}

  void write() {
    attribute("seeds", static_cast<std::int64_t>(sensitivity_.mean.seeds));
    attribute("scenarios", static_cast<std::int64_t>(sensitivity_.mean.scenarios));
    attribute("chance_of_mean", canonical(sensitivity_.mean.chance));
    std::vector<std::int32_t> compared;
    for (const std::size_t axis : sensitivity_.axes)
      compared.push_back(static_cast<std::int32_t>(sensitivity_.mean.axes[axis].scenarios));
    write(arrays::effect_scenarios, compared);
    write_effects();
    write_places(arrays::mean_lowest_at, &AxisEffect::lowest_level);
    write_places(arrays::mean_highest_at, &AxisEffect::highest_level);
  }

 private:
  template <class T>
  void write(const Array<T>& array, const std::vector<T>& values) {
    content_.write_whole(group_, array, named_(array), values);
  }

  void attribute(std::string_view name, auto value) {
    group_.hashed_attribute(named_({name, "", ""}).name, value);
  }

  void write_effects() {
    for (const EstimateRow<AxisEffect>& row : mean_effect_rows()) {
      std::vector<double> values;
      for (const std::size_t axis : sensitivity_.axes) add(row, sensitivity_.mean.axes[axis], values);
      write(array_of(row), values);
    }
    for (const EstimateRow<AxisEffect>& row : exceedance_effect_rows()) {
      std::vector<double> values;
      for (const std::size_t axis : sensitivity_.axes)
        for (const Sensitivity& of_threshold : sensitivity_.exceedance)
          add(row, of_threshold.axes[axis], values);
      write(array_of(row), values);
    }
  }

  static void add(const EstimateRow<AxisEffect>& row, const AxisEffect& effect, std::vector<double>& values) {
    std::ranges::transform(row.numbers(effect), std::back_inserter(values), canonical);
  }

  /// Writes where along each axis a mean is found; nowhere if there is no effect to be known.
  void write_places(const Array<std::string>& array, std::size_t AxisEffect::*level) {
    std::vector<std::string> labels;
    for (const std::size_t axis : sensitivity_.axes) {
      const AxisEffect& effect = sensitivity_.mean.axes[axis];
      labels.push_back(std::isnan(effect.effect) ? ""
                                                 : label(content_.experiment().axes[axis], effect.*level));
    }
    write(array, labels);
  }

  const ResultsContent& content_;
  GroupWriter& group_;
  const AxisSensitivities& sensitivity_;
  Named named_;
};

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
  SensitivityWriter(content, group, *estimates.sensitivity, [](const Variable& array) {
    return array;
  }).write();
  SensitivityWriter(content, group, estimates.sensitivity_given_start.value(), given_start_of).write();
}

}  // namespace firesweep
