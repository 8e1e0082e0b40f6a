#include "firesweep/ensemble/gathered_block.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>
#include <vector>

#include "firesweep/check/contract.hpp"

namespace firesweep {
namespace {

template <class T>
void append(std::vector<T>& all, const std::vector<T>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

// Calls add(sum, i) for every one of `tiles`, whose sum is made if there is none. Tiles come in the order of the sums, of
// which most are there already: so the next one is looked at before any other.
template <class Sums, class Tiles, class Add>
void for_each_sum(Sums& sums, const Tiles& tiles, const Add& add) {
  auto next = sums.begin();
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const TileTally& tile = tiles[i];
    const std::pair place(tile.tile_y, tile.tile_x);
    if (next == sums.end() || next->first != place) next = sums.lower_bound(place);
    if (next == sums.end() || next->first != place) next = sums.try_emplace(next, place);
    add((next++)->second, tile, i);
  }
}

template <class Sums, class Tiles>
void add_counts(Sums& sums, const Tiles& tiles) {
  for_each_sum(sums, tiles, [](TileTally& sum, const TileTally& tile, std::size_t) {
    sum.tile_x = tile.tile_x;
    sum.tile_y = tile.tile_y;
    std::ranges::transform(
        sum.burn_count, tile.burn_count, sum.burn_count.begin(),
        [](std::uint16_t a, std::uint16_t b) { return static_cast<std::uint16_t>(a + b); });
  });
}

template <class Tiles, class Sums>
Tiles all_of(const Sums& sums) {
  Tiles tiles;
  tiles.reserve(sums.size());
  for (const auto& [place, tile] : sums) tiles.push_back(tile);
  return tiles;
}

}  // namespace

GatheredBlock::GatheredBlock(const Block& block)
    : sum_{.block = block, .records = RunColumns(block.count), .failures = {}, .tally = {}} {}

void GatheredBlock::add(BlockResult part) {
  const Block& block = part.block;
  expects(block.scenario == sum_.block.scenario && block.first_seed >= sum_.block.first_seed &&
              block.first_seed + block.count <= sum_.block.first_seed + sum_.block.count &&
              part.records.size() == block.count,
          "a part lies within its block");
  sum_.records.set(block.first_seed - sum_.block.first_seed, RunRows(part.records));
  append(sum_.failures, part.failures);
  sum_.seconds += part.seconds;
  sum_.tally.curves.add(part.tally.curves);
  add_counts(counts_, part.tally.tiles);
  if (const std::vector<TileArrivals>& sums = part.tally.arrival_sums; !sums.empty()) {
    expects(sums.size() == part.tally.tiles.size(), "every tile has its arrivals");
    for_each_sum(arrivals_, part.tally.tiles, [&](TileArrivals& sum, const TileTally&, std::size_t i) {
      std::ranges::transform(sum, sums[i], sum.begin(), std::plus());
    });
  }
  if (sum_.pairs.empty()) {
    sum_.pairs.resize(part.pairs.size());
    pair_counts_.resize(part.pairs.size());
  }
  for (std::size_t p = 0; p < part.pairs.size(); ++p) {
    sum_.pairs[p].seeds += part.pairs[p].seeds;
    add_counts(pair_counts_[p].first, part.pairs[p].only_first);
    add_counts(pair_counts_[p].second, part.pairs[p].only_second);
  }
  runs_ += block.count;
  part.tally = {};
  part.pairs.clear();
  part.records = {};
  if (!part.run_curves.empty() || !part.losses.empty()) parts_.emplace(block.first_seed, std::move(part));
}

BlockResult GatheredBlock::take() {
  for (const auto& [first_seed, part] : parts_) {
    const auto place = static_cast<std::uint32_t>(first_seed - sum_.block.first_seed);
    append(sum_.run_curves, part.run_curves);
    append(sum_.run_burnt, part.run_burnt);
    for (const auto& [run, set, loss] : part.losses) sum_.losses.push_back({place + run, set, loss});
  }
  sum_.tally.tiles = all_of<TileCounts>(counts_);
  sum_.tally.arrival_sums.reserve(arrivals_.size());
  for (const auto& [place, sums] : arrivals_) sum_.tally.arrival_sums.push_back(sums);
  for (std::size_t p = 0; p < sum_.pairs.size(); ++p) {
    sum_.pairs[p].only_first = all_of<std::vector<TileTally>>(pair_counts_[p].first);
    sum_.pairs[p].only_second = all_of<std::vector<TileTally>>(pair_counts_[p].second);
  }
  return std::move(sum_);
}

}  // namespace firesweep
