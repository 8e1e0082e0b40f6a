#include "tile_assets.hpp"

#include <algorithm>
#include <utility>

namespace firesweep {
namespace {

bool overlap(const TileWord& one, const TileWord& other) {
  return ((one[0] & other[0]) | (one[1] & other[1]) | (one[2] & other[2]) | (one[3] & other[3])) != 0;
}

}  // namespace

TileAssets::TileAssets(std::shared_ptr<const AssetMap> map) : map_(std::move(map)) {
  if (map_ == nullptr) return;
  losses_.resize(map_->sets().size());
  waiting_.assign(map_->tile_bits().begin(), map_->tile_bits().end());
  for (std::uint32_t y = 0; y < map_->rows(); ++y)
    for (std::uint32_t x = 0; x < map_->columns(); ++x) watched_.push_back(map_->cells(x, y));
  rows_.resize(map_->rows());
}

bool TileAssets::look_at(Cell cell) {
  if (map_ == nullptr) return false;
  const std::uint32_t bit = tile_side * (cell.y % tile_side) + cell.x % tile_side;
  const bool has_assets =
      (map_->cells(cell.x / tile_side, cell.y / tile_side)[bit / 64] >> bit % 64 & 1) != 0;
  if (has_assets) rows_[cell.y / tile_side] = 1;
  return has_assets;
}

void TileAssets::begin() {
  for (const std::uint32_t set : reached_) losses_[set] = {};
  reached_.clear();
  std::ranges::fill(rows_, std::uint8_t{0});
  for (const auto& [word, bit, x, y] : cleared_) {
    waiting_[word] |= bit;
    watched_[y * map_->columns() + x] = map_->cells(x, y);
  }
  cleared_.clear();
}

void TileAssets::note(const TileField& field, std::uint32_t step) {
  if (watched() == nullptr) return;
  const TilePlanes& planes = field.planes();
  for (std::uint32_t y = field.first_active(); y < field.end_active(); ++y) {
    if (std::exchange(rows_[y], std::uint8_t{0}) == 0) continue;
    for (std::uint32_t w = 0; w < planes.words; ++w) {
      const std::size_t word = y * std::size_t{planes.words} + w;
      for (std::uint32_t left = planes.active[word] & waiting_[word]; left != 0; left &= left - 1) {
        const std::uint32_t bit = left & -left;
        const std::uint32_t x = 32 * w + static_cast<std::uint32_t>(__builtin_ctz(left));
        const TileWord burning = field.word(planes.burning, x, y);
        if (!overlap(burning, map_->cells(x, y)) || !reach(burning, x, y, step)) continue;
        waiting_[word] &= ~bit;
        watched_[y * map_->columns() + x] = {};
        cleared_.push_back({word, bit, x, y});
      }
    }
  }
}

// Whether all sets that the tile has are reached then.
bool TileAssets::reach(const TileWord& burning, std::uint32_t x, std::uint32_t y, std::uint32_t step) {
  bool are_reached = true;
  for (const AssetMap::Part& part : map_->parts(x, y)) {
    AssetLoss& loss = losses_[part.set];
    if (!loss.is_hit() && overlap(burning, part.cells)) {
      loss.arrival_step = step;
      reached_.push_back(static_cast<std::uint32_t>(part.set));
    }
    are_reached &= loss.is_hit();
  }
  return are_reached;
}

void TileAssets::end(const TileField& field) {
  if (reached_.empty()) return;
  std::ranges::sort(reached_);
  field.for_each_touched(map_->tile_bits(), [&](std::uint32_t x, std::uint32_t y) {
    const TileWord burnt = field.caught(x, y);
    if (!overlap(burnt, map_->cells(x, y))) return;
    for (const AssetMap::Part& part : map_->parts(x, y)) losses_[part.set].lost += part.amount_in(burnt);
  });
}

}  // namespace firesweep
