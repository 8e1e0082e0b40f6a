#include <algorithm>
#include <array>
#include <cmath>

#include "firesweep/check/input_error.hpp"
#include "firesweep/engine/ignite.hpp"

#include "catch.hpp"
#include "dense_kernel.hpp"
#include "fire.hpp"
#include "fire_case.hpp"
#include "random_landscape.hpp"
#include "tile_kernel.hpp"

using namespace firesweep;
using namespace firesweep::testing;

namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr int landscape_cases = 100;
#else
constexpr int landscape_cases = 400;
#endif

// Flat, of full vegetation, two classes of equal fuel and water, by is_water(cell); p(n) = 1. Two spreads, so that it is
// no fire by count.
template <class IsWater>
Scenario certain_fire_around(Extent grid, const IsWater& is_water) {
  LandscapeLayers layers{.extent = grid, .fuel = {}, .elevation = {}};
  for (std::uint64_t i = 0; i < grid.cells(); ++i)
    layers.fuel.push_back(is_water(grid.cell(i)) ? 98 : static_cast<std::int32_t>(i % 2));
  const std::vector<FuelClass> table = {
      {.code = 0}, {.code = 1, .spread = 1.5}, {.code = 98, .name = "water", .burnable = false}};
  Scenario scenario = certain_fire(grid);
  scenario.spread.base_rate = 3;
  scenario.landscape = std::make_shared<const Landscape>(layers, table, CellSize{30, 30});
  return scenario;
}

// A plane that rises to the east.
std::shared_ptr<const Landscape> slope_to_the_east(Extent grid, double degrees) {
  LandscapeLayers layers{.extent = grid, .fuel = {}, .elevation = {}};
  for (std::uint64_t i = 0; i < grid.cells(); ++i)
    layers.elevation.push_back(
        static_cast<float>(30 * grid.cell(i).x * std::tan(degrees * std::acos(-1.0) / 180)));
  return std::make_shared<const Landscape>(layers, std::vector<FuelClass>{{}}, CellSize{30, 30});
}

}  // namespace

TEST_CASE("the tile kernel equals the dense kernel on any landscape, in any wind") {
  for (const InstructionSet set : supported_instruction_sets()) {
    std::mt19937_64 random(77);
    for (int i = 0; i < landscape_cases; ++i) {
      FireCase it = random_case(random);
      vary_physics(random, it.scenario);
      DenseKernel dense(it.scenario.extent, it.choice, 1);
      TileKernel tile(it.scenario.extent, it.choice, 1 + i % 3, tile_operations(set), 1);
      if (const auto what = difference(dense, tile, it))
        FAIL(name(set) << ", case " << i << ": " << *what << "\n" << describe(it));
    }
  }
}

TEST_CASE("a flat landscape of one class is none, to the bit") {
  for (const KernelKind kind : {KernelKind::dense, KernelKind::tile}) {
    std::mt19937_64 random(5);
    for (int i = 0; i < 100; ++i) {
      FireCase it = random_case(random);
      it.scenario.weather.wind_direction = 90;
      if (i % 2 == 0) it.scenario.spread.wind_directionality = 0.02;
      it.scenario.spread.base_rate = std::min(it.scenario.spread.base_rate, 1.0);
      FireCase flat = it;
      LandscapeLayers layers{.extent = it.scenario.extent, .fuel = {}, .elevation = {}};
      layers.elevation.assign(layers.extent.cells(), 120.0F);
      flat.scenario.landscape =
          std::make_shared<const Landscape>(layers, std::vector<FuelClass>{{}}, CellSize{30, 30});
      const auto without = make_kernel(kind, it.scenario.extent, it.choice);
      const auto with = make_kernel(kind, it.scenario.extent, it.choice);
      for (const std::uint64_t seed : it.seeds)
        CHECK(without->run(it.scenario, Seed{seed}) == with->run(flat.scenario, Seed{seed}));
      CHECK(without->take_tally() == with->take_tally());
    }
  }
}

TEST_CASE("(2t+1)^2 cells have caught fire t steps after a certain ignition, whatever the classes") {
  const Extent grid{41, 41};
  Film film;
  make_kernel(KernelKind::tile, grid, {})
      ->run(certain_fire_around(grid, [](Cell) { return false; }), Seed{3}, &film);
  for (std::size_t t = 0; t <= 20; ++t) {
    const auto caught = std::count_if(film.frames[t].begin(), film.frames[t].end(),
                                      [](CellState state) { return state >= CellState::burning; });
    CHECK(caught == static_cast<std::ptrdiff_t>((2 * t + 1) * (2 * t + 1)));
  }
}

TEST_CASE("a cell that caught fire at step t burns at t .. t + burn_steps - 1, then is burnt") {
  const Extent grid{47, 61};
  LandscapeLayers layers{.extent = grid, .fuel = {}, .elevation = {}};
  for (std::uint64_t i = 0; i < grid.cells(); ++i)
    layers.fuel.push_back(static_cast<std::int32_t>(i * i % 11));
  for (const double second_spread : {1.0, 1.5}) {  // by count, and by set
    std::vector<FuelClass> table;
    for (std::int32_t code = 0; code < 11; ++code)
      table.push_back({.code = code, .burn_steps = static_cast<std::uint32_t>(code == 10 ? 255 : code + 1)});
    table[1].spread = second_spread;
    Scenario scenario = certain_fire(grid);
    scenario.spread.base_rate = 3;
    scenario.landscape = std::make_shared<const Landscape>(layers, table, CellSize{30, 30});
    for (const KernelKind kind : available_kernels()) {
      Film film;
      const RunRecord record = make_kernel(kind, grid, everything)->run(scenario, Seed{3}, &film);
      CHECK(record.burnt_cells == grid.cells());
      CHECK(record.steps + 1 == film.frames.size());
      bool is_as_said = true;
      for (std::uint64_t i = 0; i < grid.cells(); ++i) {
        const Cell cell = grid.cell(i);
        const auto away = [](std::uint32_t one, std::uint32_t other) {
          return std::max(one, other) - std::min(one, other);
        };
        const std::size_t start = std::max(away(cell.x, grid.width / 2), away(cell.y, grid.height / 2));
        const std::size_t end = start + table[static_cast<std::size_t>(layers.fuel[i])].burn_steps;
        for (std::size_t step = 0; step < film.frames.size(); ++step)
          is_as_said &= film.frames[step][i] == (step < start ? CellState::vegetation
                                                 : step < end ? CellState::burning
                                                              : CellState::burnt);
      }
      CHECK(is_as_said);
    }
  }
}

TEST_CASE("a diagonal line that does not burn is crossed at its corners, one of two cells is not") {
  const Extent grid{40, 40};
  for (const std::uint32_t width : {1U, 2U}) {
    Scenario scenario = certain_fire_around(grid, [&](Cell cell) { return cell.x - cell.y < width; });
    scenario.ignition = IgnitionPoints{{30, 3}};
    const RunRecord record = make_kernel(KernelKind::tile, grid, everything)->run(scenario, Seed{1});
    CHECK(record.vegetated_cells == scenario.landscape->burnable_cells());
    CHECK(record.burnt_cells == (width == 1 ? 40 * 39 : 39 * 38 / 2));
  }
}

TEST_CASE("on a plane of 20 degrees fire goes uphill by the odds of the formula, within 4 standard errors") {
  const Extent grid{3, 3};
  Scenario scenario = centre_fire(grid, DangerLevel::low, 1.0);
  scenario.landscape = slope_to_the_east(grid, 20);
  scenario.max_steps = 1;
  const auto kernel = make_kernel(KernelKind::tile, grid, {});
  constexpr int runs = 20'000;
  std::array<int, 9> lit{};
  for (std::uint64_t seed = 0; seed < runs; ++seed) {
    Film film;
    kernel->run(scenario, Seed{seed}, &film);
    for (std::size_t i = 0; i < 9; ++i) lit[i] += film.frames.back()[i] == CellState::burning ? 1 : 0;
  }
  const double p1 = spread_probability(scenario.weather, scenario.spread)[1];
  const auto check = [&](std::size_t cell, double angle) {
    const double p = std::min(0.6, p1 * std::exp(0.069 * angle));
    const double standard_error = std::sqrt(p * (1 - p) / runs);  // false alarm 6e-5 each
    CHECK(std::abs(static_cast<double>(lit[cell]) / runs - p) < 4 * standard_error);
  };
  check(5, 20);
  check(3, -20);
  check(1, 0);
  check(8, std::atan(std::tan(20 * std::acos(-1.0) / 180) * std::sqrt(0.5)) * 180 / std::acos(-1.0));
}

TEST_CASE("the published form is bond percolation: sparse agriculture stays small, sparse thickets escape") {
  const Extent grid{500, 500};
  const auto kernel = make_kernel(KernelKind::tile, grid, {});
  const auto large = [&](double vegetation, double density) {
    Scenario scenario = centre_fire(grid, DangerLevel::low, 1.0);
    scenario.weather.wind_speed = 0;
    scenario.spread.form = Form::alexandridis;
    LandscapeLayers layers{.extent = grid, .fuel = {}, .elevation = {}};
    const std::vector<FuelClass> table = {{.spread = (1 + vegetation) * (1 + density)}};
    scenario.landscape = std::make_shared<const Landscape>(layers, table, CellSize{30, 30});
    int count = 0;
    for (std::uint64_t seed = 0; seed < 100; ++seed)
      count += kernel->run(scenario, Seed{seed}).burnt_cells > grid.cells() / 4 ? 1 : 0;
    return count;
  };
  CHECK(large(-0.3, -0.4) == 0);
  CHECK(large(0, -0.4) > 50);
}

TEST_CASE("weights too large for the rule are refused, and the kernel burns on") {
  const Extent grid{20, 20};
  const Scenario good = certain_fire_around(grid, [](Cell) { return false; });
  Scenario bad = good;
  bad.spread.base_rate = 1000;
  for (const KernelKind kind : {KernelKind::dense, KernelKind::tile}) {
    const auto kernel = make_kernel(kind, grid, {});
    CHECK_THROWS_AS(kernel->run(bad, Seed{1}), InputError);
    CHECK(kernel->run(good, Seed{1}).burnt_cells == grid.cells());
  }
}

TEST_CASE("what does not burn cannot be lit, and is moved off by metres") {
  const Extent grid{9, 9};
  LandscapeLayers layers{.extent = grid, .fuel = {}, .elevation = {}};
  for (std::uint64_t i = 0; i < grid.cells(); ++i) {
    const Cell cell = grid.cell(i);
    layers.fuel.push_back(cell.x < 6 && cell.y < 8 ? 98 : 1);
  }
  const std::vector<FuelClass> table = {{.code = 1}, {.code = 98, .name = "water", .burnable = false}};
  Scenario scenario = certain_fire(grid);
  scenario.ignition = IgnitionPoints{{4, 4}};
  const auto burning = [&](OnBareGround rule, CellSize size) {
    scenario.landscape = std::make_shared<const Landscape>(layers, table, size);
    scenario.on_bare_ground = rule;
    return ignite(scenario, Seed{1}).burning;
  };
  CHECK(burning(OnBareGround::skip, {10, 10}).empty());
  CHECK(burning(OnBareGround::force, {10, 10}).empty());
  CHECK(burning(OnBareGround::nearest, {10, 10}) == IgnitionPoints{{6, 4}});
  CHECK(burning(OnBareGround::nearest, {40, 10}) == IgnitionPoints{{4, 8}});
}

TEST_CASE("random ignitions fall on what burns") {
  const Extent grid{50, 40};
  Scenario scenario = certain_fire_around(grid, [](Cell cell) { return cell.x % 3 != 0; });
  const auto burnable = static_cast<std::uint32_t>(scenario.landscape->burnable_cells());
  scenario.ignition = RandomIgnition{burnable};
  const Ignition ignition = ignite(scenario, Seed{5});
  CHECK(ignition.burning.size() == burnable);
  CHECK(ignition.ignitions_failed == 0);
}
