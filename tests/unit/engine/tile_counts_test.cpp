#include "firesweep/engine/tile_counts.hpp"

#include <algorithm>
#include <vector>

#include "firesweep/check/contract.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

/// Counts that differ from cell to cell, up to `largest`, which the last one has.
TileTally tile(std::uint32_t x, std::uint32_t y, std::uint16_t largest) {
  TileTally made{x, y, {}};
  for (std::uint32_t cell = 0; cell < tile_cells; ++cell)
    made.burn_count[cell] = static_cast<std::uint16_t>(cell * 7919U % (largest + 1U));
  made.burn_count.back() = largest;
  return made;
}

}  // namespace

TEST_CASE("counts of tiles come back as they were, with as many digits as the largest needs") {
  for (const std::uint16_t largest : std::vector<std::uint16_t>{1, 2, 3, 255, 256, 65'535}) {
    TileCounts counts(largest);
    counts.push_back(tile(2, 1, largest));
    counts.push_back(tile(0, 3, 1));
    REQUIRE(counts.size() == 2);
    CHECK(counts[0] == tile(2, 1, largest));
    CHECK(counts[1] == tile(0, 3, 1));
  }
  CHECK(TileCounts(1).digits() == 1);
  CHECK(TileCounts(255).digits() == 8);
  CHECK(TileCounts(max_fires_per_tally).digits() == 16);
}

TEST_CASE("a count larger than was said breaks the contract") {
  TileCounts counts(3);
  CHECK_THROWS_AS(counts.push_back(tile(0, 0, 4)), BrokenContract);
}

TEST_CASE("counts of tiles are equal if the counts are, with however many digits") {
  TileCounts narrow(3);
  TileCounts wide;
  for (TileCounts* const counts : {&narrow, &wide}) counts->push_back(tile(1, 1, 3));
  CHECK(narrow == wide);
  wide.push_back(tile(1, 2, 3));
  CHECK_FALSE(narrow == wide);
}

TEST_CASE("counts of tiles are added to a map, as far as the tiles lie on it") {
  const Extent extent{20, 17};  // cuts the tiles at its right and lower border
  std::vector<std::uint32_t> map(extent.cells(), 5);
  TileCounts counts(300);
  std::vector<TileTally> tiles = {tile(0, 0, 300), tile(1, 0, 300), tile(1, 1, 7)};
  for (TileTally& one : tiles) {
    for (std::uint32_t cell = 0; cell < tile_cells; ++cell)
      if (!extent.contains(
              {one.tile_x * tile_side + cell % tile_side, one.tile_y * tile_side + cell / tile_side}))
        one.burn_count[cell] = 0;
    counts.push_back(one);
  }
  counts.add_to(map, extent);
  for (std::uint64_t i = 0; i < map.size(); ++i) {
    const Cell cell = extent.cell(i);
    std::uint32_t expected = 5;
    for (const TileTally& one : tiles)
      if (one.tile_x == cell.x / tile_side && one.tile_y == cell.y / tile_side)
        expected += one.burn_count[cell.y % tile_side * tile_side + cell.x % tile_side];
    CHECK(map[i] == expected);
  }
}
