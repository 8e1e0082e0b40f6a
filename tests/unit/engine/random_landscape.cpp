#include "random_landscape.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace firesweep::testing {
namespace {

using Random = std::mt19937_64;

double between(Random& random, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random);
}

bool one_in(Random& random, std::uint64_t n) {
  return random() % n == 0;
}

// Thresholds of such numbers end in zero bytes.
double on_byte_edge(Random& random) {
  return static_cast<double>(random() % 257) / 256;
}

std::vector<FuelClass> random_table(Random& random) {
  static constexpr std::size_t sizes[] = {1, 1, 2, 5, 200};
  std::vector<FuelClass> table(sizes[random() % std::size(sizes)]);
  const bool has_densities = one_in(random, 2);
  const std::uint32_t longest = one_in(random, 2) ? 1 : one_in(random, 8) ? 255 : 8;
  for (std::size_t i = 0; i < table.size(); ++i) {
    table[i].code = static_cast<std::int32_t>(3 * i);
    table[i].spread = one_in(random, 8) ? 0 : one_in(random, 4) ? 1 : between(random, 0, 2);
    table[i].burnable = i == 0 || !one_in(random, 6);
    table[i].burn_steps = 1 + static_cast<std::uint32_t>(random() % longest);
    if (has_densities && one_in(random, 2))
      table[i].density = one_in(random, 3) ? on_byte_edge(random) : between(random, 0, 1);
  }
  return table;
}

// By cell, in patches, or in belts that cross the landscape.
void grow_fuel(Random& random, const std::vector<FuelClass>& table, LandscapeLayers& layers) {
  const std::uint64_t kind = random() % 3;
  const std::uint64_t salt = random() | 1;
  const Extent extent = layers.extent;
  for (std::uint64_t i = 0; i < extent.cells(); ++i) {
    const Cell cell = extent.cell(i);
    const std::uint64_t patch = kind == 0   ? random()
                                : kind == 1 ? (cell.x / 5 + 100 * (cell.y / 7)) * salt >> 7
                                            : (cell.x + cell.y) / 9;
    layers.fuel.push_back(table[patch % table.size()].code);
  }
  if (!one_in(random, 3)) return;
  const std::uint32_t corner = static_cast<std::uint32_t>(random() % (extent.width + 1));
  for (std::uint64_t i = 0; i < extent.cells(); ++i)
    if (extent.cell(i).x + extent.cell(i).y < corner) layers.fuel[i] = missing_fuel;
}

// A plane, waves, noise, or a cliff; with holes now and then.
void raise(Random& random, LandscapeLayers& layers) {
  const std::uint64_t kind = random() % 4;
  const double east = between(random, -15, 15);
  const double south = between(random, -15, 15);
  const bool has_holes = one_in(random, 4);
  for (std::uint64_t i = 0; i < layers.extent.cells(); ++i) {
    const Cell cell = layers.extent.cell(i);
    double height = east * cell.x + south * cell.y;
    if (kind == 1)
      height = 20 * std::sin(0.21 * east * cell.x) + 15 * std::cos(0.17 * south * cell.y + 0.1 * cell.x);
    if (kind == 2) height = between(random, 0, 30);
    if (kind == 3) height = cell.x > layers.extent.width / 2 ? 1e4 : 0;
    layers.elevation.push_back(has_holes && one_in(random, 20) ? std::numeric_limits<float>::quiet_NaN()
                                                               : static_cast<float>(height));
  }
}

void vary_spotting(Random& random, Scenario& scenario) {
  scenario.cell_size = one_in(random, 2) ? CellSize{} : CellSize{20, 20};
  const double unit = scenario.landscape != nullptr ? 30 : scenario.cell_size.width;
  scenario.spotting = {.rate = one_in(random, 4)   ? 1
                               : one_in(random, 8) ? 1e-3
                                                   : between(random, 0, 0.2),
                       .distance = unit * (one_in(random, 4) ? 1 : between(random, 0, 40)),
                       .sigma = one_in(random, 4)   ? 0
                                : one_in(random, 8) ? 400
                                                    : between(random, 0, 1),
                       .angle = one_in(random, 4) ? 0 : between(random, 0, 60),
                       .ignition = one_in(random, 4) ? 1 : between(random, 0, 1)};
  if (one_in(random, 4)) scenario.weather.wind_speed = 0;
}

// Up to six changes, of anything, some in steps that follow each other.
WeatherCourse random_course(Random& random) {
  WeatherCourse course;
  course.change_step = static_cast<double>(1 + random() % 12);
  std::uint32_t delay = 0;
  for (std::uint64_t left = 1 + random() % 6; left > 0; --left) {
    WeatherParts parts;
    if (one_in(random, 2)) parts.wind_speed = one_in(random, 3) ? 0 : between(random, 0, 100);
    if (one_in(random, 2)) parts.wind_direction = between(random, 0, 360);
    if (one_in(random, 3)) parts.humidity = between(random, 0, 70);
    if (one_in(random, 3)) parts.temperature = between(random, 10, 50);
    course.changes.push_back({delay, parts});
    delay += 1 + static_cast<std::uint32_t>(random() % 20);
  }
  return course;
}

}  // namespace

std::shared_ptr<const Landscape> random_landscape(Random& random, Extent extent) {
  LandscapeLayers layers{.extent = extent, .fuel = {}, .elevation = {}};
  std::vector<FuelClass> table = random_table(random);
  if (table.size() > 1 || one_in(random, 3)) grow_fuel(random, table, layers);
  if (!one_in(random, 3)) raise(random, layers);
  const CellSize size = one_in(random, 3) ? CellSize{25, 40} : CellSize{30, 30};
  return std::make_shared<const Landscape>(layers, table, size,
                                           one_in(random, 2) ? 0 : between(random, -15, 15));
}

void vary_physics(Random& random, Scenario& scenario) {
  if (!one_in(random, 6)) scenario.landscape = random_landscape(random, scenario.extent);
  scenario.weather.wind_direction =
      one_in(random, 2) ? 45.0 * static_cast<double>(random() % 8) : between(random, 0, 360);
  SpreadParameters& spread = scenario.spread;
  spread.base_rate = std::min(spread.base_rate, 0.8);
  spread.wind_directionality = one_in(random, 3) ? 0 : one_in(random, 4) ? between(random, 0, 0.2) : 0.036;
  if (one_in(random, 3)) spread.slope_coefficient = one_in(random, 2) ? 0 : between(random, 0, 0.07);
  if (one_in(random, 3)) spread.max_probability = spread.max_probability_high_wind = on_byte_edge(random);
  if (one_in(random, 4)) spread.form = Form::alexandridis;
  if (one_in(random, 4)) scenario.fuel_scale = between(random, 0, 1.5);
  if (one_in(random, 2)) vary_spotting(random, scenario);
  if (one_in(random, 2)) scenario.course = random_course(random);
  if (auto* drawn = std::get_if<RandomIgnition>(&scenario.ignition);
      drawn != nullptr && scenario.landscape != nullptr)
    drawn->count = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(drawn->count, scenario.landscape->burnable_cells()));
}

}  // namespace firesweep::testing
