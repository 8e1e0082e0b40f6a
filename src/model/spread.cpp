#include "firesweep/model/spread.hpp"

#include <algorithm>

namespace firesweep {

SpreadProbability spread_probability(const Weather& weather, const SpreadParameters& parameters) {
  const double factor = parameters.base_rate * (1.0 + weather.wind_speed / parameters.wind_scale) *
                        (parameters.humidity_offset - weather.humidity / 100.0) *
                        (parameters.temperature_offset + weather.temperature / parameters.temperature_scale) *
                        parameters.neighbour_weight;
  const double cap = weather.wind_speed > parameters.high_wind ? parameters.max_probability_high_wind
                                                               : parameters.max_probability;
  const double not_lit_by_one = 1.0 - std::clamp(factor, 0.0, 1.0);

  SpreadProbability p{};
  double not_lit = 1.0;  // multiplied up rather than by pow(), whose last bit differs between libraries
  for (std::size_t n = 1; n < p.size(); ++n) {
    not_lit *= not_lit_by_one;
    const double uncapped =
        parameters.combination == Combination::linear ? factor * static_cast<double>(n) : 1.0 - not_lit;
    p[n] = std::clamp(std::min(uncapped, cap), 0.0, 1.0);
  }
  return p;
}

std::string_view name(Combination combination) {
  return combination == Combination::linear ? "linear" : "independent";
}

}  // namespace firesweep
