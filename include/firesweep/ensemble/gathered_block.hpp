#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "firesweep/ensemble/block.hpp"

namespace firesweep {

/// A block that is burnt in parts, and what has come of them so far. Parts may come in any order; the same parts give the
/// same result.
class GatheredBlock {
 public:
  explicit GatheredBlock(const Block& block);

  const Block& block() const { return sum_.block; }

  /// Adds what came of a part. Parts lie within the block and do not overlap.
  void add(BlockResult part);

  /// Whether all parts have come.
  bool is_complete() const { return runs_ == sum_.block.count; }

  /// What came of the block; runs of parts that have not come are missing in it. To be called once.
  BlockResult take();

 private:
  /// By (row, column) of tiles.
  template <class Sum>
  using ByTile = std::map<std::pair<std::uint32_t, std::uint32_t>, Sum>;
  using Counts = ByTile<TileTally>;

  BlockResult sum_;  // but for what the following hold
  std::size_t runs_ = 0;
  Counts counts_;
  ByTile<TileArrivals> arrivals_;
  std::vector<std::pair<Counts, Counts>> pair_counts_;  // in one fire only: the first, the second
  std::map<std::size_t, BlockResult> parts_;            // what is kept run by run, by first seed
};

}  // namespace firesweep
