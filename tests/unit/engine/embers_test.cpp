#include "embers.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include "firesweep/engine/asset_map.hpp"

#include "catch.hpp"
#include "fire.hpp"
#include "tile_kernel.hpp"

using namespace firesweep;

namespace {

// Fire that goes from cell to cell by embers alone: each cell that burns throws one, five cells to the east.
Scenario leaping_fire(Extent grid) {
  Scenario scenario = centre_fire(grid, DangerLevel::low, 1.0);
  scenario.spread.base_rate = 0;
  scenario.weather.wind_direction = 270;
  scenario.cell_size = {20, 20};
  scenario.spotting = {.rate = 1, .distance = 100, .sigma = 0, .angle = 0, .ignition = 1};
  scenario.ignition = IgnitionPoints{{1, 3}};
  return scenario;
}

std::size_t caught(const std::vector<CellState>& states) {
  return static_cast<std::size_t>(std::count_if(states.begin(), states.end(),
                                                [](CellState state) { return state >= CellState::burning; }));
}

}  // namespace

TEST_CASE("a fire lives by embers alone, and is out when one is lost beyond the grid") {
  const Extent grid{60, 7};
  const Scenario scenario = leaping_fire(grid);
  for (const KernelKind kind : available_kernels()) {
    const auto kernel = make_kernel(kind, grid, everything);
    Film film;
    const RunRecord record = kernel->run(scenario, Seed{9}, &film);
    CHECK(record.burnt_cells == 12);
    CHECK(record.embers == 12);
    CHECK(record.embers_lost == 1);
    CHECK(record.steps == 12);
    CHECK(record.peak_burning_cells == 1);
    for (std::uint32_t step = 0; step < 12; ++step) {
      CHECK(film.frames[step][grid.index({1 + 5 * step, 3})] == CellState::burning);
      CHECK(caught(film.frames[step]) == step + 1);
    }
    const Tally tally = kernel->take_tally();
    REQUIRE(tally.tiles.size() == 4);
    CHECK(tally.arrival_sums[2][16 * 3 + (36 - 32)] == 7);
  }
}

TEST_CASE("what embers light takes its assets") {
  const Extent grid{60, 7};
  const auto set = [&grid](Cell cell) {
    return std::make_shared<const AssetSet>(make_asset_set({{grid.index(cell), 2.0}}));
  };
  TallyChoice choice;
  choice.assets =
      std::make_shared<const AssetMap>(grid, std::vector{set({35, 3}), set({36, 3}), set({56, 3})});
  const std::vector<std::uint32_t> reached = {1, 2};  // the fire leaps over the first
  for (const KernelKind kind : available_kernels()) {
    const auto kernel = make_kernel(kind, grid, choice);
    for (const std::uint64_t seed : {9U, 10U}) {
      kernel->run(leaping_fire(grid), Seed{seed});
      CHECK(std::ranges::equal(kernel->sets_reached(), reached));
      CHECK_FALSE(kernel->losses()[0].is_hit());
      CHECK(kernel->losses()[1].arrival_step == 7);
      CHECK(kernel->losses()[2].arrival_step == 11);
    }
  }
}

TEST_CASE("embers are lost where there is no land, and do nothing where nothing can burn") {
  const Extent grid{40, 5};
  LandscapeLayers layers{.extent = grid, .fuel = {}, .elevation = {}};
  for (std::uint64_t i = 0; i < grid.cells(); ++i)
    layers.fuel.push_back(grid.cell(i).x < 20 ? 1 : grid.cell(i).x < 30 ? 98 : missing_fuel);
  const std::vector<FuelClass> table = {{.code = 1}, {.code = 98, .burnable = false}};
  Scenario scenario = leaping_fire(grid);
  scenario.landscape = std::make_shared<const Landscape>(layers, table, CellSize{20, 40});
  for (const KernelKind kind : available_kernels()) {
    const auto kernel = make_kernel(kind, grid, {});
    const RunRecord on_water = kernel->run(scenario, Seed{1});
    CHECK(on_water.burnt_cells == 4);
    CHECK(on_water.embers_lost == 0);
    Scenario farther = scenario;
    farther.spotting.distance = 29 * 20;
    const RunRecord nowhere = kernel->run(farther, Seed{1});
    CHECK(nowhere.burnt_cells == 1);
    CHECK(nowhere.embers == 1);
    CHECK(nowhere.embers_lost == 1);
  }
}

TEST_CASE("burning cells throw embers, and embers light, as often as they should") {
  const Extent grid{128, 128};
  Scenario scenario = leaping_fire(grid);
  scenario.spotting.rate = 0.3;
  scenario.ignition = RandomIgnition{static_cast<std::uint32_t>(grid.cells())};
  scenario.max_steps = 1;
  const auto kernel = make_kernel(KernelKind::automatic, grid, {});
  const double cells = static_cast<double>(grid.cells());
  const double deviation = std::sqrt(cells * 0.3 * 0.7);  // four of them: false alarm 6e-5
  CHECK(std::abs(static_cast<double>(kernel->run(scenario, Seed{4}).embers) - 0.3 * cells) < 4 * deviation);

  scenario = leaping_fire(grid);
  scenario.spotting.ignition = 0.3;
  int lit = 0;
  constexpr int fires = 2000;
  scenario.max_steps = 1;
  for (std::uint64_t seed = 0; seed < fires; ++seed)
    lit += kernel->run(scenario, Seed{seed}).burning_cells == 1 ? 1 : 0;
  CHECK(std::abs(lit - 0.3 * fires) < 4 * std::sqrt(fires * 0.3 * 0.7));
}

TEST_CASE("where cells have no size embers fly so many cells") {
  Scenario scenario = leaping_fire({60, 7});
  scenario.cell_size = {};
  scenario.spotting.distance = 5;
  CHECK(make_kernel(KernelKind::automatic, {60, 7}, {})->run(scenario, Seed{9}).burnt_cells == 12);
}

TEST_CASE("threads that throw embers at each other give the same bits as one") {
  Scenario scenario = centre_fire({500, 700}, DangerLevel::extreme);
  scenario.spotting = {.rate = 0.05, .distance = 40, .sigma = 1, .angle = 40, .ignition = 0.5};
  const auto one = make_tile_kernel(scenario.extent, everything, 1, InstructionSet::portable);
  const auto three = make_tile_kernel(scenario.extent, everything, 3, supported_instruction_sets().back());
  std::uint64_t lost = 0;
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    const RunRecord record = one->run(scenario, Seed{seed});
    lost += record.embers_lost;
    CHECK(record == three->run(scenario, Seed{seed}));
  }
  CHECK(lost > 0);
  CHECK(one->take_tally() == three->take_tally());
}
