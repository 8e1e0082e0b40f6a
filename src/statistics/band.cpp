#include "firesweep/statistics/band.hpp"

#include <algorithm>
#include <cmath>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/quantile.hpp"

namespace firesweep {

std::vector<double> quantile_band(std::span<const double> curves, std::size_t steps,
                                  std::span<const double> quantiles) {
  expects(steps > 0 && curves.size() % steps == 0, "curves have one value for each step");
  std::vector<double> band(quantiles.size() * steps);
  std::vector<double> values;
  values.reserve(curves.size() / steps);
  for (std::size_t step = 0; step < steps; ++step) {
    values.clear();
    for (std::size_t i = step; i < curves.size(); i += steps) {
      if (!std::isnan(curves[i])) values.push_back(curves[i]);
    }
    std::ranges::sort(values);
    for (std::size_t k = 0; k < quantiles.size(); ++k) {
      band[k * steps + step] = quantile(values, quantiles[k]);
    }
  }
  return band;
}

}  // namespace firesweep
