#include "firesweep/ensemble/wire.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "firesweep/check/contract.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

BlockResult sample() {
  BlockResult result{
      .block = {3, 70, 2},
      .records = {{.burnt_cells = 5, .steps = 3, .status = RunStatus::ok}, {.status = RunStatus::failed}},
      .failures = {{3, 71, "out of memory"}},
      .tally = {},
      .seconds = 0.25,
      .run_curves = {1, 2, 2, 0}};
  TileTally tile{.tile_x = 1, .tile_y = 2};
  tile.burn_count[255] = 9;
  result.tally.tiles.push_back(tile);
  result.tally.arrival_sums.push_back({});
  result.tally.arrival_sums.back()[255] = 1ULL << 40;
  result.losses = {{.run = 1, .set = 3, .loss = {.lost = 7, .arrival_step = 2}}};
  result.pairs.push_back({1, {tile}, {}});
  result.tally.curves.add_step(4, 3, 1ULL << 33, 1ULL << 34);
  return result;
}

}  // namespace

TEST_CASE("what is packed comes out equal") {
  CHECK(unpack_block(pack(Block{1, 2, 3})) == Block{1, 2, 3});
  const BlockResult before = sample();
  const BlockResult after = unpack_block_result(pack(before));
  CHECK(after.block == before.block);
  CHECK(after.records == before.records);
  CHECK(after.failures == before.failures);
  CHECK(after.tally == before.tally);
  CHECK(after.seconds == before.seconds);
  CHECK(after.run_curves == before.run_curves);
  CHECK(after.losses == before.losses);
  CHECK(after.pairs == before.pairs);

  RankPerformance rank;
  rank.host = "node7";
  rank.burnt_cells = 1ULL << 50;
  rank[Phase::wait].add(0.5);
  const RankPerformance arrived = unpack_rank_performance(pack(rank));
  CHECK(arrived.host == "node7");
  CHECK(arrived.burnt_cells == 1ULL << 50);
  CHECK(arrived[Phase::wait].longest == 0.5);
}

TEST_CASE("what is packed tightly takes fewer bytes and comes out equal") {
  BlockResult before = sample();
  before.block.count = 10'000;
  before.records = RunColumns(before.block.count);
  for (std::uint32_t i = 0; i < before.block.count; ++i)
    before.records.set(i, {.burnt_cells = i % 37, .steps = i % 11, .status = RunStatus::ok});
  const Bytes tight = pack_tightly(before);
  CHECK(tight.size() < pack(before).size() / 2);
  const BlockResult after = unpack_block_result(tight);
  CHECK(after.block == before.block);
  CHECK(after.records == before.records);
  CHECK(after.failures == before.failures);
  CHECK(after.tally == before.tally);
  for (const std::size_t cut : {std::size_t{4}, std::size_t{16}, tight.size() - 1})
    CHECK_THROWS_AS(unpack_block_result(std::span(tight).first(cut)), BrokenContract);
}

TEST_CASE("what is the same of all runs of a block takes no room") {
  BlockResult result = sample();
  result.records = RunColumns(10'000);
  const std::size_t all_missing = pack(result).size();
  for (std::size_t i = 0; i < 10'000; ++i) result.records.set(i, {.steps = 9, .status = RunStatus::ok});
  CHECK(pack(result).size() == all_missing);
  CHECK(unpack_block_result(pack(result)).records == result.records);
  result.records.set(5'000, {.steps = 8, .status = RunStatus::ok});
  CHECK(pack(result).size() > all_missing + 9'900);
  CHECK(unpack_block_result(pack(result)).records == result.records);
}

TEST_CASE("a message cut short or grown long is refused") {
  const Bytes whole = pack(sample());
  for (std::size_t length = 0; length < whole.size(); length += 37)
    CHECK_THROWS_AS(unpack_block_result(std::span(whole).first(length)), BrokenContract);
  Bytes longer(whole.size() + 1);
  std::ranges::copy(whole, longer.begin());
  CHECK_THROWS_AS(unpack_block_result(longer), BrokenContract);
}
