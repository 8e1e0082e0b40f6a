#include "firesweep/model/spread.hpp"

#include <algorithm>

#include "firesweep/model/portable_math.hpp"

namespace firesweep {

double spread_factor(const Weather& weather, const SpreadParameters& parameters) {
  if (parameters.form == Form::alexandridis)
    return Alexandridis::base_probability *
           portable::exp(Alexandridis::wind_coefficient * weather.wind_speed);
  return parameters.base_rate * (1.0 + weather.wind_speed / parameters.wind_scale) *
         (parameters.humidity_offset - weather.humidity / 100.0) *
         (parameters.temperature_offset + weather.temperature / parameters.temperature_scale) *
         parameters.neighbour_weight;
}

double spread_cap(const Weather& weather, const SpreadParameters& parameters) {
  if (parameters.form == Form::alexandridis) return 1.0;
  return weather.wind_speed > parameters.high_wind ? parameters.max_probability_high_wind
                                                   : parameters.max_probability;
}

Combination effective_combination(const SpreadParameters& parameters) {
  return parameters.form == Form::alexandridis ? Combination::independent : parameters.combination;
}

SpreadProbability spread_probability(const Weather& weather, const SpreadParameters& parameters) {
  return spread_probability(spread_factor(weather, parameters), spread_cap(weather, parameters),
                            effective_combination(parameters));
}

SpreadProbability spread_probability(double factor, double cap, Combination combination) {
  const double not_lit_by_one = 1.0 - std::clamp(factor, 0.0, 1.0);
  SpreadProbability p{};
  double not_lit = 1.0;  // multiplied up rather than by pow(), whose last bit differs between libraries
  for (std::size_t n = 1; n < p.size(); ++n) {
    not_lit *= not_lit_by_one;
    const double uncapped =
        combination == Combination::linear ? factor * static_cast<double>(n) : 1.0 - not_lit;
    p[n] = std::clamp(std::min(uncapped, cap), 0.0, 1.0);
  }
  return p;
}

std::string_view name(Combination combination) {
  return combination == Combination::linear ? "linear" : "independent";
}

std::string_view name(Form form) {
  return form == Form::firesweep ? "firesweep" : "alexandridis";
}

}  // namespace firesweep
