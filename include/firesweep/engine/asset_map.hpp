#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "firesweep/landscape/assets.hpp"
#include "firesweep/model/grid.hpp"

namespace firesweep {

/// Sets of assets on one grid as kernels look at them, tile by tile (random/draw.hpp). Never changes, and is shared by
/// all who burn on it.
class AssetMap {
 public:
  /// The places of the sets lie on the grid.
  AssetMap(Extent extent, std::vector<std::shared_ptr<const AssetSet>> sets);

  const std::vector<std::shared_ptr<const AssetSet>>& sets() const { return sets_; }

  /// The cells of one tile that hold assets of one set.
  struct Part {
    std::size_t set;                         ///< index into sets()
    std::array<std::uint64_t, 4> cells;      ///< a bit per cell, in the order of the draws
    std::span<const std::uint64_t> amounts;  ///< of those cells, in that order [resolution]

    /// What those of the cells hold that are among `burnt`.
    std::uint64_t amount_in(const std::array<std::uint64_t, 4>& burnt) const;
  };

  /// Of tile (x, y), by set.
  std::span<const Part> parts(std::uint32_t tile_x, std::uint32_t tile_y) const;

  /// The cells of tile (x, y) that hold assets of any set, as Part::cells.
  const std::array<std::uint64_t, 4>& cells(std::uint32_t tile_x, std::uint32_t tile_y) const {
    return cells_[tile_y * columns_ + tile_x];
  }

  /// A bit for every tile, whether it has parts: by row of tiles, each of which begins with a new word.
  std::span<const std::uint32_t> tile_bits() const { return has_parts_; }

  /// Of tiles.
  std::size_t rows() const { return cells_.size() / columns_; }
  std::size_t columns() const { return columns_; }

  /// What it takes in memory.
  std::size_t bytes() const;

 private:
  std::vector<std::shared_ptr<const AssetSet>> sets_;
  std::size_t columns_;                    // of tiles
  std::size_t words_;                      // of a row of tiles
  std::vector<std::uint32_t> first_part_;  // of each tile, and of the one after the last
  std::vector<Part> parts_;
  std::vector<std::uint64_t> amounts_;
  std::vector<std::array<std::uint64_t, 4>> cells_;  // of each tile
  std::vector<std::uint32_t> has_parts_;             // shape (rows of tiles, words)
};

}  // namespace firesweep
