#include "firesweep/ensemble/paired_fires.hpp"

#include <exception>
#include <utility>

namespace firesweep {
namespace {

using Cells = decltype(BurntTile::cells);

std::pair<std::uint32_t, std::uint32_t> place_of(const BurntTile& tile) {
  return {tile.tile_y, tile.tile_x};
}

/// Calls visit(tile, cells of the first alone, cells of the second alone) for tiles where the two differ.
void for_each_difference(std::span<const BurntTile> first, std::span<const BurntTile> second,
                         const auto& visit) {
  auto one = first.begin();
  auto other = second.begin();
  while (one != first.end() || other != second.end()) {
    const bool has_one = one != first.end() && (other == second.end() || place_of(*one) <= place_of(*other));
    const bool has_other =
        other != second.end() && (one == first.end() || place_of(*other) <= place_of(*one));
    const BurntTile& tile = has_one ? *one : *other;
    Cells of_first = has_one ? one->cells : Cells{};
    Cells of_second = has_other ? other->cells : Cells{};
    for (std::size_t q = 0; q < of_first.size(); ++q) {
      const std::uint64_t both = of_first[q] & of_second[q];
      of_first[q] ^= both;
      of_second[q] ^= both;
    }
    visit(tile, of_first, of_second);
    if (has_one) ++one;
    if (has_other) ++other;
  }
}

void count(auto& counts, const BurntTile& tile, const Cells& cells) {
  if (cells == Cells{}) return;
  TileTally& tally =
      counts.try_emplace(place_of(tile), TileTally{tile.tile_x, tile.tile_y, {}}).first->second;
  for (std::size_t q = 0; q < cells.size(); ++q)
    for (std::uint64_t left = cells[q]; left != 0; left &= left - 1)
      ++tally.burn_count[64 * q + static_cast<std::size_t>(__builtin_ctzll(left))];
}

std::vector<TileTally> tiles_of(const auto& counts) {
  std::vector<TileTally> tiles;
  tiles.reserve(counts.size());
  for (const auto& [place, tile] : counts) tiles.push_back(tile);
  return tiles;
}

}  // namespace

PairedFires::PairedFires(const Plan& plan, std::unique_ptr<Kernel> kernel)
    : plan_(plan), kernel_(std::move(kernel)) {}

void PairedFires::begin(std::size_t scenario) {
  pairs_.clear();
  for (const ScenarioPair& pair : paired_map_pairs(plan_, scenario))
    pairs_.push_back({plan_.scenario(pair.earlier), pair.earlier});
}

void PairedFires::burn(Seed seed, FireWatcher& watcher, const BeforeRun& before_run) {
  for (Pair& pair : pairs_) {
    pair.burnt.reset();
    try {
      before_run(pair.earlier_number);
      kernel_->run(pair.earlier, seed, &watcher);
      pair.burnt = kernel_->burnt_tiles();
    } catch (const FireAbandoned&) {
      throw;
    } catch (const std::exception&) {
      // What makes a fire fail makes it fail in its own block, too, which tells; and map_seeds does not count it.
    }
  }
}

void PairedFires::compare(std::span<const BurntTile> own) {
  for (Pair& pair : pairs_) {
    if (!pair.burnt) continue;
    ++pair.seeds;
    for_each_difference(*pair.burnt, own,
                        [&](const BurntTile& tile, const Cells& of_first, const Cells& of_second) {
                          count(pair.only_first, tile, of_first);
                          count(pair.only_second, tile, of_second);
                        });
  }
}

std::vector<PairTally> PairedFires::take() {
  std::vector<PairTally> tallies;
  for (const Pair& pair : pairs_)
    tallies.push_back({pair.seeds, tiles_of(pair.only_first), tiles_of(pair.only_second)});
  pairs_.clear();
  return tallies;
}

}  // namespace firesweep
