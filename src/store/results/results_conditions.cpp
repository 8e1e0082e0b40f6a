#include <algorithm>
#include <array>

#include "results/results_content.hpp"

namespace firesweep {
namespace {

struct WeatherVariable {
  const char* name;
  const char* units;
  const char* long_name;
  double Weather::*value;
};

constexpr std::array<WeatherVariable, 4> weather_variables = {{
    {"wind_speed", "km h-1", "wind speed", &Weather::wind_speed},
    {"humidity", "percent", "relative humidity", &Weather::humidity},
    {"temperature", "degC", "air temperature", &Weather::temperature},
    {"wind_direction", "degree", "where the wind comes from, clockwise from north", &Weather::wind_direction},
}};

}  // namespace

void write_conditions(const ResultsContent& content) {
  for (const WeatherVariable& variable : weather_variables) {
    if (content.root().has_dimension(variable.name)) continue;  // an axis: its coordinate says it
    content.write_each<double>({variable.name, variable.units, variable.long_name}, [&](std::size_t s) {
      return content.plan().scenario(s).weather.*variable.value;
    });
  }
}

void write_ignition_probability(const ResultsContent& content) {
  content.write<double>(
      content.root(),
      {"ignition_probability", "1", "probability that a vegetated cell ignites within a step"},
      {"burning_neighbours"}, [&](std::size_t s, std::span<double> values) {
        const Scenario scenario = content.plan().scenario(s);
        std::ranges::copy(spread_probability(scenario.weather, scenario.spread), values.begin());
      });
}

}  // namespace firesweep
