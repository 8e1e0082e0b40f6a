#include "firesweep/engine/asset_map.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "firesweep/check/contract.hpp"
#include "firesweep/random/draw.hpp"

namespace firesweep {
namespace {

/// What a cell holds of a set, and where the kernels look for it.
struct Entry {
  std::uint64_t tile;
  std::uint32_t set;
  std::uint32_t bit;
  std::uint64_t amount;
};

std::vector<Entry> entries_of(Extent extent, std::size_t columns,
                              const std::vector<std::shared_ptr<const AssetSet>>& sets) {
  std::vector<Entry> entries;
  for (std::uint32_t set = 0; set < sets.size(); ++set) {
    for (const auto& [index, amount] : sets[set]->places) {
      expects(index < extent.cells(), "assets lie on the grid");
      const Cell cell = extent.cell(index);
      entries.push_back({cell.y / tile_side * columns + cell.x / tile_side, set,
                         tile_side * (cell.y % tile_side) + cell.x % tile_side, amount});
    }
  }
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    return std::tie(a.tile, a.set, a.bit) < std::tie(b.tile, b.set, b.bit);
  });
  return entries;
}

}  // namespace

AssetMap::AssetMap(Extent extent, std::vector<std::shared_ptr<const AssetSet>> sets)
    : sets_(std::move(sets)),
      columns_((extent.width + tile_side - 1) / tile_side),
      words_((columns_ + 31) / 32) {
  const std::size_t rows = (extent.height + tile_side - 1) / tile_side;
  const std::vector<Entry> entries = entries_of(extent, columns_, sets_);
  has_parts_.resize(rows * words_);
  amounts_.reserve(entries.size());  // so that it never moves: parts point into it
  first_part_.assign(rows * columns_ + 1, 0);
  cells_.resize(rows * columns_);
  for (auto next = entries.begin(); next != entries.end();) {
    Part part{next->set, {}, {}};
    const std::uint64_t tile = next->tile;
    const std::uint64_t* const first = amounts_.data() + amounts_.size();
    for (; next != entries.end() && next->tile == tile && next->set == part.set; ++next) {
      part.cells[next->bit / 64] |= std::uint64_t{1} << next->bit % 64;
      amounts_.push_back(next->amount);
    }
    part.amounts = {first, amounts_.data() + amounts_.size()};
    parts_.push_back(part);
    for (std::size_t q = 0; q < part.cells.size(); ++q) cells_[tile][q] |= part.cells[q];
    ++first_part_[tile + 1];
    has_parts_[tile / columns_ * words_ + tile % columns_ / 32] |= 1U << tile % columns_ % 32;
  }
  for (std::size_t tile = 1; tile < first_part_.size(); ++tile) first_part_[tile] += first_part_[tile - 1];
}

std::uint64_t AssetMap::Part::amount_in(const std::array<std::uint64_t, 4>& burnt) const {
  std::uint64_t sum = 0;
  const std::uint64_t* amount = amounts.data();
  for (std::size_t q = 0; q < cells.size(); ++q) {
    for (std::uint64_t left = cells[q]; left != 0; left &= left - 1, ++amount)
      if ((burnt[q] & (left & -left)) != 0) sum += *amount;
  }
  return sum;
}

std::span<const AssetMap::Part> AssetMap::parts(std::uint32_t tile_x, std::uint32_t tile_y) const {
  const std::size_t tile = tile_y * columns_ + tile_x;
  return std::span(parts_).subspan(first_part_[tile], first_part_[tile + 1] - first_part_[tile]);
}

std::size_t AssetMap::bytes() const {
  return first_part_.size() * sizeof(std::uint32_t) + parts_.size() * sizeof(Part) +
         amounts_.size() * sizeof(std::uint64_t) + cells_.size() * sizeof(cells_[0]) +
         has_parts_.size() * sizeof(std::uint32_t);
}

}  // namespace firesweep
