#include "firesweep/engine/rule_of.hpp"

#include <array>
#include <vector>

namespace firesweep {

SpreadRule rule_of(const Scenario& scenario, const Weather& weather) {
  constexpr std::array<double, 1> plain = {1.0};
  constexpr std::array<Gradient, 1> flat = {};
  std::vector<double> spreads;
  SpreadGround ground{.spreads = plain, .gradients = flat, .cell_size = {}};
  if (scenario.landscape != nullptr) {
    const Landscape& landscape = *scenario.landscape;
    for (const FuelClass& it : landscape.burnable_classes()) spreads.push_back(it.spread);
    if (!spreads.empty()) ground.spreads = spreads;
    ground.gradients = landscape.bins();
    ground.cell_size = landscape.cell_size();
    ground.convergence = landscape.convergence();
  }
  return {weather, scenario.spread, scenario.fuel_scale, ground};
}

}  // namespace firesweep
