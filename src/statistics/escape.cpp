#include "firesweep/statistics/escape.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "firesweep/statistics/interval.hpp"

namespace firesweep {

Escape escape_above(std::span<const double> values, double border, double confidence) {
  Escape escape;
  escape.border = border;
  std::vector<double> sizes;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    ++escape.count;
    if (value > border) sizes.push_back(value);
  }
  escape.probability = escape.count == 0
                           ? std::numeric_limits<double>::quiet_NaN()
                           : static_cast<double>(sizes.size()) / static_cast<double>(escape.count);
  escape.probability_interval = wilson_interval(sizes.size(), escape.count, confidence);
  escape.size = mean_of(sizes);
  escape.size_interval = mean_interval(escape.size, confidence);
  return escape;
}

}  // namespace firesweep
