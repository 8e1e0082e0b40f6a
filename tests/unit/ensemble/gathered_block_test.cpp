#include "firesweep/ensemble/gathered_block.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "firesweep/check/contract.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

BlockResult part(const Block& block, std::uint32_t tile_x, std::uint32_t length) {
  BlockResult result{.block = block,
                     .records = RunColumns(block.count),
                     .failures = {},
                     .tally = {},
                     .seconds = 0.5,
                     .run_curves = std::vector<std::uint32_t>(block.count * length, length)};
  for (std::size_t i = 0; i < block.count; ++i)
    result.records.set(i,
                       {.burnt_cells = block.first_seed + i, .steps = length - 1, .status = RunStatus::ok});
  result.pairs.push_back({static_cast<std::uint32_t>(block.count), {}, {}});
  for (const std::uint32_t x : {tile_x, tile_x + 2}) {
    TileTally tile{.tile_x = x, .tile_y = 1};
    tile.burn_count[7] = static_cast<std::uint16_t>(length);
    result.tally.tiles.push_back(tile);
    result.pairs.front().only_first.push_back(tile);
    result.tally.arrival_sums.push_back({});
    result.tally.arrival_sums.back()[7] = 100 * length;
  }
  result.tally.curves.add_step(length, 3, 1, 4);
  result.losses = {{.run = 0, .set = 1, .loss = {.lost = block.first_seed, .arrival_step = 2}}};
  return result;
}

}  // namespace

TEST_CASE("a block that comes in parts is the same in any order of them") {
  std::vector<BlockResult> parts = {part({2, 10, 3}, 0, 2), part({2, 13, 1}, 1, 5), part({2, 14, 4}, 2, 3)};
  std::ranges::sort(parts, {}, [](const BlockResult& one) { return one.block.first_seed; });
  GatheredBlock in_order({2, 10, 8});
  for (const BlockResult& one : parts) {
    CHECK(!in_order.is_complete());
    in_order.add(one);
  }
  CHECK(in_order.is_complete());
  GatheredBlock backwards({2, 10, 8});
  for (auto one = parts.rbegin(); one != parts.rend(); ++one) backwards.add(*one);
  const BlockResult first = in_order.take();
  const BlockResult second = backwards.take();
  CHECK(first.block == Block{2, 10, 8});
  CHECK(first.seconds == 1.5);
  CHECK(first.records == second.records);
  CHECK(first.records[4].burnt_cells == 14);
  CHECK(first.tally == second.tally);
  CHECK(first.run_curves == second.run_curves);
  CHECK(first.run_curves ==
        std::vector<std::uint32_t>{2, 2, 2, 2, 2, 2, 5, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3});
  CHECK(first.losses == second.losses);
  REQUIRE(first.losses.size() == 3);
  CHECK(first.losses[1].run == 3);
  CHECK(first.losses[2] == RunLoss{.run = 4, .set = 1, .loss = {.lost = 14, .arrival_step = 2}});
  CHECK(first.pairs == second.pairs);
  CHECK(first.pairs[0].seeds == 8);
  REQUIRE(first.tally.tiles.size() == 5);
  for (std::uint32_t x = 0; x < 5; ++x) CHECK(first.tally.tiles[x].tile_x == x);
  CHECK(first.tally.tiles[2].burn_count[7] == 2 + 3);
  CHECK(first.tally.arrival_sums[2][7] == 500);
}

TEST_CASE("runs of parts that never come are missing") {
  GatheredBlock block({0, 100, 6});
  block.add(part({0, 102, 2}, 0, 1));
  CHECK(!block.is_complete());
  const BlockResult result = block.take();
  CHECK(RunRows(result.records).count(RunStatus::missing) == 4);
  CHECK(result.records[2].status == RunStatus::ok);
}

TEST_CASE("a part of another block is refused") {
  GatheredBlock block({0, 100, 6});
  CHECK_THROWS_AS(block.add(part({1, 100, 2}, 0, 1)), BrokenContract);
  CHECK_THROWS_AS(block.add(part({0, 105, 2}, 0, 1)), BrokenContract);
}
