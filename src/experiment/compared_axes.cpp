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

}  // namespace firesweep
