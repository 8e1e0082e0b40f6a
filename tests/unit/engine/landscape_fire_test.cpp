#include <cmath>

#include "firesweep/engine/rule_of.hpp"

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
