#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "firesweep/check/contract.hpp"
#include "firesweep/model/grid.hpp"
#include "firesweep/random/draw.hpp"

namespace firesweep {

/// So many fires may be added up before the tally has to be taken: what a burn count can hold.
inline constexpr std::uint32_t max_fires_per_tally = 65'535;

/// The fires in which each cell of one tile caught fire; the cell (x, y) is at 16 (y mod 16) + (x mod 16).
struct TileTally {
  std::uint32_t tile_x = 0;
  std::uint32_t tile_y = 0;
  std::array<std::uint16_t, tile_cells> burn_count{};

  friend bool operator==(const TileTally&, const TileTally&) = default;
};

/// One bit for every cell of a tile, in the order of TileTally.
using TileWord = std::array<std::uint64_t, tile_cells / 64>;

/// Those of a row of cells.
constexpr std::uint32_t row_of(const TileWord& word, std::uint32_t row) {
  return static_cast<std::uint32_t>(word[row / 4] >> 16 * (row % 4) & 0xFFFF);
}

/// Such counts of many tiles, kept as binary digits: of a few fires a cell takes a few bits, as the kernels count and
/// as it is sent.
class TileCounts {
 public:
  TileCounts() : TileCounts(max_fires_per_tally) {}
  /// Of no tiles yet, whose counts will be up to `largest`.
  explicit TileCounts(std::uint32_t largest);

  std::size_t size() const { return places_.size(); }
  TileTally operator[](std::size_t i) const;

  void reserve(std::size_t tiles);
  void push_back(const TileTally& tile);
  /// The same by the first digits() words of `words`, the least significant first; the others are zero.
  void push_back(std::uint32_t tile_x, std::uint32_t tile_y, std::span<const TileWord> words);
  std::size_t digits() const { return digits_; }

  /// Adds the counts to those of a map, shape (height, width).
  void add_to(std::span<std::uint32_t> map, Extent extent) const;

  /// Calls archive(...) with all that it is made of, to be sent or to be filled again.
  template <class Archive>
  void exchange(Archive& archive) const {
    archive(digits_, places_, words_);
  }
  template <class Archive>
  void exchange(Archive& archive) {
    archive(digits_, places_, words_);
    expects(words_.size() == digits_ * places_.size(), "tiles have all their digits");
  }

  /// Whether the tiles and their counts are the same, with however many digits.
  friend bool operator==(const TileCounts& one, const TileCounts& other);

 private:
  struct Place {
    std::uint32_t x;
    std::uint32_t y;
  };

  std::size_t digits_;
  std::vector<Place> places_;
  std::vector<TileWord> words_;  // shape (tiles, digits)
};

}  // namespace firesweep
