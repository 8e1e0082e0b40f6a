#include "firesweep/experiment/season.hpp"

#include <algorithm>

namespace firesweep {
namespace {

/// The rate of a scenario's fires [year-1].
double rate_of(const Season& season, const MatrixShape& matrix, std::size_t scenario) {
  double rate = season.days[matrix.place(scenario, season.weather_axis)].fires_per_year();
  for (const Season::Mixture& mixture : season.mixtures)
    rate *= mixture.shares[matrix.place(scenario, mixture.axis)];
  return rate;
}

}  // namespace

bool Season::keeps(std::size_t axis) const {
  return axis != weather_axis && std::ranges::find(mixtures, axis, &Mixture::axis) == mixtures.end();
}

std::vector<std::vector<SeasonScenario>> seasons_of(const Season& season, const MatrixShape& matrix) {
  std::size_t years = 1;
  for (std::size_t axis = 0; axis < matrix.axes(); ++axis)
    if (season.keeps(axis)) years *= matrix.length(axis);
  std::vector<std::vector<SeasonScenario>> parts(years);
  for (std::size_t scenario = 0; scenario < matrix.size(); ++scenario) {
    std::size_t year = 0;
    for (std::size_t axis = 0; axis < matrix.axes(); ++axis)
      if (season.keeps(axis)) year = year * matrix.length(axis) + matrix.place(scenario, axis);
    parts[year].push_back({scenario, rate_of(season, matrix, scenario)});
  }
  return parts;
}

}  // namespace firesweep
