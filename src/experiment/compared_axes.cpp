#include "firesweep/experiment/compared_axes.hpp"

#include <algorithm>

namespace firesweep {

std::vector<std::size_t> compared_axes(const Experiment& experiment) {
  const std::vector<std::string>& named = experiment.outputs.compare;
  const auto is_compared = [&](const Axis& axis) {
    if (std::holds_alternative<SampleAxis>(axis)) return false;
    if (named.empty()) return size(axis) >= 2 && size(axis) <= most_compared_unless_named;
    return std::ranges::find(named, name(axis)) != named.end();
  };
  std::vector<std::size_t> axes;
  for (std::size_t i = 0; i < experiment.axes.size(); ++i)
    if (is_compared(experiment.axes[i])) axes.push_back(i);
  return axes;
}

std::vector<AxisPair> pairs_of(std::size_t values) {
  std::vector<AxisPair> pairs;
  pairs.reserve(count_pairs(values));
  for (std::size_t first = 0; first < values; ++first)
    for (std::size_t second = first + 1; second < values; ++second) pairs.push_back({first, second});
  return pairs;
}

std::vector<ScenarioPair> paired_map_pairs(const Plan& plan, std::size_t scenario) {
  std::vector<ScenarioPair> found;
  if (!plan.experiment().outputs.paired_maps || plan.is_excluded(scenario)) return found;
  const std::vector<std::size_t> axes = compared_axes(plan.experiment());
  for (std::size_t a = 0; a < axes.size(); ++a) {
    const std::size_t length = plan.shape().length(axes[a]);
    const std::size_t stride = plan.shape().stride(axes[a]);
    const std::size_t value = scenario / stride % length;
    const std::vector<AxisPair> pairs = pairs_of(length);
    for (std::size_t p = 0; p < pairs.size(); ++p) {
      if (pairs[p].second != value) continue;
      const std::size_t earlier = scenario - (value - pairs[p].first) * stride;
      if (!plan.is_excluded(earlier)) found.push_back({a, p, earlier});
    }
  }
  return found;
}

}  // namespace firesweep
