#include <algorithm>

#include "results/results_content.hpp"

namespace firesweep {

void write_conditions(const ResultsContent& content) {
  for (const Parameter& parameter : parameters()) {
    if (parameter.section != Parameter::Section::weather) continue;
    if (content.root().has_dimension(std::string(parameter.name)))
      continue;  // an axis: its coordinate says it
    content.write_each(array_of(parameter), [&](std::size_t s) {
      Scenario scenario = content.plan().scenario(s);
      return parameter.in(scenario);
    });
  }
}

void write_ignition_probability(const ResultsContent& content) {
  content.write(arrays::ignition_probability, [&](std::size_t s, std::span<double> values) {
    const Scenario scenario = content.plan().scenario(s);
    std::ranges::copy(spread_probability(scenario.weather, scenario.spread), values.begin());
  });
}

}  // namespace firesweep
