#include "tile_kernel.hpp"

#include <numeric>

#include "catch.hpp"
#include "dense_kernel.hpp"
#include "fire.hpp"
#include "fire_case.hpp"

using namespace firesweep;
using namespace firesweep::testing;

namespace {

// For every instruction set and number of threads. Sanitizers, which take six times as long, see a part of them.
#ifdef __SANITIZE_ADDRESS__
constexpr int cases = 500;
#else
constexpr int cases = 2000;
#endif

std::optional<std::string> difference_from_dense(const FireCase& it, InstructionSet set, int threads) {
  DenseKernel dense(it.scenario.extent, it.choice, 1);
  TileKernel tile(it.scenario.extent, it.choice, threads, tile_operations(set),
                  1);  // threads even for one tile
  return difference(dense, tile, it);
}

// Walks to ever smaller cases as long as they still differ.
FireCase shrunk(FireCase it, InstructionSet set, int threads) {
  for (bool is_smaller = true; is_smaller;) {
    is_smaller = false;
    for (FireCase& small : smaller(it)) {
      if (!difference_from_dense(small, set, threads)) continue;
      it = std::move(small);
      is_smaller = true;
      break;
    }
  }
  return it;
}

}  // namespace

TEST_CASE("the tile kernel equals the dense kernel in every cell at every step, whatever is burnt") {
  for (const InstructionSet set : supported_instruction_sets()) {
    for (const int threads : {1, 2}) {
      std::mt19937_64 random(2024);
      for (int i = 0; i < cases; ++i) {
        const FireCase it = random_case(random);
        if (!difference_from_dense(it, set, threads)) continue;
        const FireCase small = shrunk(it, set, threads);
        FAIL(name(set) << ", threads " << threads << ": " << *difference_from_dense(small, set, threads)
                       << "\n"
                       << describe(small));
      }
    }
  }
}

TEST_CASE("a case that differs is shrunk to a smaller one") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 50; ++i) {
    const FireCase it = random_case(random);
    for (const FireCase& small : smaller(it))
      CHECK(small.scenario.extent.cells() <= it.scenario.extent.cells());
  }
}

TEST_CASE("the threads of a large fire give the same bits as one") {
  const Scenario scenario = centre_fire({500, 700}, DangerLevel::catastrophic);
  const TallyChoice all{.burn_count = true, .arrival = true, .curves = true, .cell_counts = true};
  const auto one = make_tile_kernel(scenario.extent, all, 1, InstructionSet::portable);
  const auto three = make_tile_kernel(scenario.extent, all, 3, supported_instruction_sets().back());
  for (std::uint64_t seed = 0; seed < 4; ++seed)
    CHECK(one->run(scenario, Seed{seed}) == three->run(scenario, Seed{seed}));
  CHECK(one->take_tally() == three->take_tally());
}

TEST_CASE("a fire on the largest grid is that of a small grid while it stays away from the border") {
  Scenario small = centre_fire({256, 256}, DangerLevel::high);
  Scenario large = small;
  large.extent = {max_grid_side, max_grid_side};
  const auto in_small = make_tile_kernel(small.extent, {.burn_count = true}, 1);
  const auto in_large = make_tile_kernel(large.extent, {.burn_count = true}, 1);
  for (std::uint64_t seed = 0; seed < 200; ++seed)
    CHECK(in_small->run(small, Seed{seed}) == in_large->run(large, Seed{seed}));
  CHECK(in_small->take_tally() == in_large->take_tally());
}

TEST_CASE("fires in all corners of the largest grid burn up to its border and not beyond") {
  Scenario scenario = centre_fire({max_grid_side, max_grid_side}, DangerLevel::catastrophic);
  scenario.vegetation_density = 1;
  scenario.spread.base_rate = 100;
  scenario.spread.max_probability_high_wind = 1;
  const std::uint32_t last = max_grid_side - 1;
  scenario.ignition = IgnitionPoints{{0, 0}, {last, 0}, {0, last}, {last, last}};
  scenario.max_steps = 20;
  const auto kernel = make_tile_kernel(scenario.extent, {.burn_count = true}, 1);
  const RunRecord record = kernel->run(scenario, Seed{3});
  CHECK(record.burnt_cells + record.burning_cells == 4 * 21 * 21);
  CHECK(kernel->take_tally().tiles.size() == 4 * 2 * 2);
}

TEST_CASE("a tally holds as many fires as it promises") {
  Scenario scenario = centre_fire({1, 1}, DangerLevel::low);
  const auto kernel = make_tile_kernel(scenario.extent, {.burn_count = true}, 1);
  for (std::uint64_t seed = 0; seed < max_fires_per_tally; ++seed) kernel->run(scenario, Seed{seed});
  const Tally tally = kernel->take_tally();
  REQUIRE(tally.tiles.size() == 1);
  CHECK(tally.tiles[0].burn_count[0] == max_fires_per_tally);
  CHECK(kernel->take_tally() == Tally{});
}
