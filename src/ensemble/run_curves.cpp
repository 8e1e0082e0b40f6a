#include "firesweep/ensemble/run_curves.hpp"

#include <algorithm>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/band.hpp"

namespace firesweep {
namespace {

/// So many steps of all runs are looked at together.
constexpr std::size_t most_steps = 256;

}  // namespace

void RunCurves::set(std::size_t seed, std::span<const std::uint32_t> curve) {
  expects(seed < seeds() && places_[seed].length == 0 && !curve.empty(), "the curve of a run is kept once");
  places_[seed] = {burning_.size(), curve.size()};
  burning_.insert(burning_.end(), curve.begin(), curve.end());
}

std::span<const std::uint32_t> RunCurves::operator[](std::size_t seed) const {
  if (seed >= seeds()) return {};
  return std::span(burning_).subspan(places_[seed].first, places_[seed].length);
}

CurveBands curve_bands(const RunCurves& curves, std::uint64_t cells, std::span<const double> quantiles) {
  std::vector<std::span<const std::uint32_t>> runs;
  CurveBands bands;
  for (std::size_t seed = 0; seed < curves.seeds(); ++seed) {
    if (curves[seed].empty()) continue;
    runs.push_back(curves[seed]);
    bands.steps = std::max(bands.steps, runs.back().size());
  }
  bands.burning_cells.resize(quantiles.size() * bands.steps);
  bands.burnt_fraction.resize(quantiles.size() * bands.steps);

  std::vector<std::uint64_t> burnt_before(runs.size());
  for (std::size_t first = 0; first < bands.steps; first += most_steps) {
    const std::size_t steps = std::min(most_steps, bands.steps - first);
    std::vector<double> burning;
    std::vector<double> burnt;
    for (std::size_t run = 0; run < runs.size(); ++run) {
      for (std::size_t step = first; step < first + steps; ++step) {
        const std::uint32_t now = step < runs[run].size() ? runs[run][step] : 0;
        burning.push_back(now);
        burnt.push_back(static_cast<double>(burnt_before[run]) / static_cast<double>(cells));
        burnt_before[run] += now;
      }
    }
    const auto write = [&](const std::vector<double>& values, std::vector<double>& band) {
      const std::vector<double> part = quantile_band(values, steps, quantiles);
      for (std::size_t q = 0; q < quantiles.size(); ++q)
        std::copy_n(part.data() + q * steps, steps, band.data() + q * bands.steps + first);
    };
    write(burning, bands.burning_cells);
    write(burnt, bands.burnt_fraction);
  }
  return bands;
}

}  // namespace firesweep
