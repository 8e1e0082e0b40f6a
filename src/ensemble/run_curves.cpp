#include "firesweep/ensemble/run_curves.hpp"

#include <algorithm>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/band.hpp"

namespace firesweep {
namespace {

/// So many steps of all runs are looked at together.
constexpr std::size_t most_steps = 256;

/// A run, step by step, and beyond its end.
class RunCourse {
 public:
  struct Point {
    std::uint32_t burning;
    std::uint64_t burnt;
  };

  RunCourse(std::span<const std::uint32_t> burning, std::span<const std::uint64_t> burnt)
      : burning_(burning), burnt_(burnt) {}

  Point next() {
    const bool has_ended = step_ == burning_.size();
    const std::uint32_t burning = has_ended ? 0 : burning_[step_];
    const std::uint64_t burnt = burnt_.empty() ? burnt_before_ : burnt_[has_ended ? step_ - 1 : step_];
    burnt_before_ += burning;
    if (!has_ended) ++step_;
    return {burning, burnt};
  }

 private:
  std::span<const std::uint32_t> burning_;
  std::span<const std::uint64_t> burnt_;
  std::size_t step_ = 0;
  std::uint64_t burnt_before_ = 0;
};

}  // namespace

void RunCurves::set(std::size_t seed, std::span<const std::uint32_t> curve,
                    std::span<const std::uint64_t> burnt) {
  expects(seed < seeds() && places_[seed].length == 0 && !curve.empty(), "the curve of a run is kept once");
  expects(burnt.empty() ? burnt_.empty() : burnt.size() == curve.size() && burnt_.size() == burning_.size(),
          "all curves have burnt cells, or none");
  places_[seed] = {burning_.size(), curve.size()};
  burning_.insert(burning_.end(), curve.begin(), curve.end());
  burnt_.insert(burnt_.end(), burnt.begin(), burnt.end());
}

std::span<const std::uint32_t> RunCurves::operator[](std::size_t seed) const {
  if (seed >= seeds()) return {};
  return std::span(burning_).subspan(places_[seed].first, places_[seed].length);
}

std::span<const std::uint64_t> RunCurves::burnt(std::size_t seed) const {
  if (burnt_.empty() || seed >= seeds()) return {};
  return std::span(burnt_).subspan(places_[seed].first, places_[seed].length);
}

CurveBands curve_bands(const RunCurves& curves, std::uint64_t cells, std::span<const double> quantiles) {
  std::vector<RunCourse> runs;
  CurveBands bands;
  for (std::size_t seed = 0; seed < curves.seeds(); ++seed) {
    if (curves[seed].empty()) continue;
    runs.emplace_back(curves[seed], curves.burnt(seed));
    bands.steps = std::max(bands.steps, curves[seed].size());
  }
  bands.burning_cells.resize(quantiles.size() * bands.steps);
  bands.burnt_fraction.resize(quantiles.size() * bands.steps);

  for (std::size_t first = 0; first < bands.steps; first += most_steps) {
    const std::size_t steps = std::min(most_steps, bands.steps - first);
    std::vector<double> burning;
    std::vector<double> burnt;
    for (RunCourse& run : runs) {
      for (std::size_t step = first; step < first + steps; ++step) {
        const RunCourse::Point point = run.next();
        burning.push_back(point.burning);
        burnt.push_back(static_cast<double>(point.burnt) / static_cast<double>(cells));
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
