// Burns fires on a landscape that comes through standard input, for tests that compare with another implementation.
//
//   width height cell_width cell_height convergence classes has_elevation
//   spread density burnable, of each class; a density below 0 is none
//   name value, of weather and parameters; then "burn", x, y, steps, fires
//   classes of all cells, then elevations of all cells
//
// prints the burnt cells, burning included, and the steps of the seeds 0, 1, 2, ...

#include <functional>
#include <iostream>
#include <map>
#include <string>

#include "firesweep/engine/kernel.hpp"

using namespace firesweep;

namespace {

template <class Number>
Number read() {
  Number number{};
  if (!(std::cin >> number)) throw std::runtime_error("a number is missing");
  return number;
}

void set(Scenario& scenario, const std::string& name, double value) {
  const std::map<std::string, std::function<void()>> known = {
      {"wind_speed", [&] { scenario.weather.wind_speed = value; }},
      {"wind_direction", [&] { scenario.weather.wind_direction = value; }},
      {"humidity", [&] { scenario.weather.humidity = value; }},
      {"temperature", [&] { scenario.weather.temperature = value; }},
      {"vegetation_density", [&] { scenario.vegetation_density = value; }},
      {"fuel_scale", [&] { scenario.fuel_scale = value; }},
      {"max_probability", [&] { scenario.spread.max_probability = value; }},
      {"wind_directionality", [&] { scenario.spread.wind_directionality = value; }},
      {"slope_coefficient", [&] { scenario.spread.slope_coefficient = value; }},
      {"independent", [&] { scenario.spread.combination = static_cast<Combination>(value); }},
      {"alexandridis", [&] { scenario.spread.form = static_cast<Form>(value); }},
  };
  known.at(name)();
}

}  // namespace

int main() {
  LandscapeLayers layers;
  layers.extent.width = read<std::uint32_t>();
  layers.extent.height = read<std::uint32_t>();
  CellSize size;
  size.width = read<double>();
  size.height = read<double>();
  const auto convergence = read<double>();
  std::vector<FuelClass> table(read<std::size_t>());
  const bool has_elevation = read<int>() != 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    table[i].code = static_cast<std::int32_t>(i);
    table[i].spread = read<double>();
    const auto density = read<double>();
    if (density >= 0) table[i].density = density;
    table[i].burnable = read<int>() != 0;
  }
  Scenario scenario;
  scenario.extent = layers.extent;
  for (auto name = read<std::string>(); name != "burn"; name = read<std::string>())
    set(scenario, name, read<double>());
  const auto x = read<std::uint32_t>();
  scenario.ignition = IgnitionPoints{{x, read<std::uint32_t>()}};
  scenario.on_bare_ground = OnBareGround::force;
  scenario.max_steps = read<std::uint32_t>();
  const auto fires = read<std::uint64_t>();
  for (std::uint64_t i = 0; i < layers.extent.cells(); ++i) layers.fuel.push_back(read<std::int32_t>());
  for (std::uint64_t i = 0; has_elevation && i < layers.extent.cells(); ++i)
    layers.elevation.push_back(read<float>());
  scenario.landscape = std::make_shared<const Landscape>(layers, table, size, convergence);
  const auto kernel = make_kernel(KernelKind::automatic, scenario.extent, {});
  for (std::uint64_t seed = 0; seed < fires; ++seed) {
    const RunRecord record = kernel->run(scenario, Seed{seed});
    std::cout << record.burnt_cells + record.burning_cells << ' ' << record.steps << '\n';
  }
}
