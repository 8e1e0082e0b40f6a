#include "firesweep/engine/asset_map.hpp"

#include "firesweep/engine/kernel.hpp"

#include "catch.hpp"
#include "fire.hpp"

namespace firesweep {
namespace {

std::shared_ptr<const AssetSet> set_of(std::vector<CellValue> values) {
  return std::make_shared<const AssetSet>(make_asset_set(std::move(values)));
}

}  // namespace

TEST_CASE("An asset map tells what burnt cells of a tile hold, set by set") {
  const Extent extent{40, 20};
  const AssetMap map(extent, {set_of({{extent.index({17, 1}), 3.0}, {extent.index({31, 15}), 4.0}}),
                              set_of({{extent.index({17, 1}), 10.0}})});
  REQUIRE(map.parts(1, 0).size() == 2);
  CHECK(map.parts(0, 0).empty());
  CHECK(map.parts(1, 1).empty());
  CHECK(map.tile_bits().size() == 2);  // rows of tiles
  CHECK(map.tile_bits()[0] == 2U);
  const std::uint64_t first = std::uint64_t{1} << 17;  // cell (1, 1) of the tile
  CHECK(map.parts(1, 0)[0].amount_in({first, 0, 0, 0}) == 3);
  CHECK(map.parts(1, 0)[0].amount_in({0, 0, 0, ~std::uint64_t{0}}) == 4);
  CHECK(map.parts(1, 0)[1].amount_in({~std::uint64_t{0}, 0, 0, 0}) == 10);
}

TEST_CASE("A certain fire takes everything, a set as soon as it gets there") {
  const Extent extent{33, 33};
  const Scenario scenario = certain_fire(extent);  // from (16, 16), a cell a step in every direction
  TallyChoice choice;
  choice.assets = std::make_shared<const AssetMap>(
      extent, std::vector{set_of({{extent.index({16, 16}), 1.0}}),
                          set_of({{extent.index({0, 0}), 2.5}, {extent.index({20, 16}), 0.5}})});
  for (const KernelKind kind : available_kernels()) {
    const auto kernel = make_kernel(kind, extent, choice);
    CAPTURE(name(kind));
    kernel->run(scenario, Seed{1});
    REQUIRE(kernel->losses().size() == 2);
    CHECK(kernel->losses()[0] == AssetLoss{1, 0});
    CHECK(kernel->losses()[1].arrival_step == 4);
    CHECK(choice.assets->sets()[1]->value(kernel->losses()[1].lost) == 3.0);
  }
}

}  // namespace firesweep
