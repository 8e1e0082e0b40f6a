#include <algorithm>

#include "firesweep/statistics/nan.hpp"

#include "results/results_content.hpp"
#include "results/weather_numbers.hpp"

namespace firesweep {
namespace {

void write_periods(const ResultsContent& content) {
  const std::size_t most = content.experiment().most_weather_periods();
  if (most == 1) return;
  content.root().index(arrays::period, most);
  content.write(arrays::period_step, [&](std::size_t s, std::span<std::int32_t> values) {
    std::ranges::fill(values, -1);
    const auto periods = weather_periods(content.plan().scenario(s));
    std::ranges::transform(periods, values.begin(), [](const WeatherPeriod& period) {
      return static_cast<std::int32_t>(period.first_step);
    });
  });
  for (const auto& [array, number] : weather_numbers)
    content.write(*array, [&, number = number](std::size_t s, std::span<double> values) {
      std::ranges::fill(values, nan);
      const auto periods = weather_periods(content.plan().scenario(s));
      std::ranges::transform(periods, values.begin(),
                             [&](const WeatherPeriod& period) { return period.weather.*number; });
    });
}

}  // namespace

void write_conditions(const ResultsContent& content) {
  for (const Parameter& parameter : parameters()) {
    if (parameter.section != Parameter::Section::weather) continue;
    const auto is_varied = [&](const Axis& axis) { return varies(axis, parameter.name); };
    if (std::ranges::any_of(content.experiment().axes, is_varied)) continue;  // its coordinate says it
    content.write_each(array_of(parameter), [&](std::size_t s) {
      Scenario scenario = content.plan().scenario(s);
      return parameter.in(scenario);
    });
  }
  write_periods(content);
}

void write_ignition_probability(const ResultsContent& content) {
  content.write(arrays::ignition_probability, [&](std::size_t s, std::span<double> values) {
    const Scenario scenario = content.plan().scenario(s);
    std::ranges::copy(spread_probability(scenario.weather, scenario.spread), values.begin());
  });
}

}  // namespace firesweep
