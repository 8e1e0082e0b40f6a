#include "firesweep/engine/tile_counts.hpp"

#include <algorithm>
#include <bit>

#include "firesweep/check/contract.hpp"

namespace firesweep {
namespace {

constexpr std::size_t byte_values = 256;
using OfByte = std::array<std::uint32_t, 8>;

// The bits of every byte as numbers, the least significant first.
constexpr std::array<OfByte, byte_values> bits_of_bytes = [] {
  std::array<OfByte, byte_values> bits{};
  for (std::size_t byte = 0; byte < byte_values; ++byte)
    for (std::size_t i = 0; i < bits[byte].size(); ++i) bits[byte][i] = byte >> i & 1;
  return bits;
}();

}  // namespace

TileCounts::TileCounts(std::uint32_t largest) : digits_(static_cast<std::size_t>(std::bit_width(largest))) {}

TileTally TileCounts::operator[](std::size_t i) const {
  TileTally tile{places_[i].x, places_[i].y, {}};
  for (std::size_t digit = 0; digit < digits_; ++digit) {
    const TileWord& word = words_[i * digits_ + digit];
    for (std::size_t cell = 0; cell < tile_cells; ++cell)
      tile.burn_count[cell] =
          static_cast<std::uint16_t>(tile.burn_count[cell] | (word[cell / 64] >> cell % 64 & 1) << digit);
  }
  return tile;
}

void TileCounts::reserve(std::size_t tiles) {
  places_.reserve(tiles);
  words_.reserve(tiles * digits_);
}

void TileCounts::push_back(const TileTally& tile) {
  std::array<TileWord, std::bit_width(max_fires_per_tally)> words{};
  for (std::size_t cell = 0; cell < tile_cells; ++cell)
    for (std::size_t digit = 0; digit < words.size(); ++digit)
      words[digit][cell / 64] |= (std::uint64_t{tile.burn_count[cell]} >> digit & 1) << cell % 64;
  push_back(tile.tile_x, tile.tile_y, words);
}

void TileCounts::push_back(std::uint32_t tile_x, std::uint32_t tile_y, std::span<const TileWord> words) {
  expects(
      std::ranges::all_of(words.subspan(digits_), [](const TileWord& word) { return word == TileWord{}; }),
      "counts are as large as was said");
  places_.push_back({tile_x, tile_y});
  words_.insert(words_.end(), words.begin(), words.begin() + static_cast<std::ptrdiff_t>(digits_));
}

void TileCounts::add_to(std::span<std::uint32_t> map, Extent extent) const {
  for (std::size_t i = 0; i < size(); ++i) {
    const Cell corner{places_[i].x * tile_side, places_[i].y * tile_side};
    const std::uint32_t columns = std::min(tile_side, extent.width - corner.x);
    const std::uint32_t rows = std::min(tile_side, extent.height - corner.y);
    const std::span words = std::span(words_).subspan(i * digits_, digits_);
    for (std::uint32_t row = 0; row < rows; ++row) {
      std::array<std::uint32_t, tile_side> counts{};
      for (std::size_t digit = 0; digit < digits_; ++digit) {
        const std::uint32_t cells = row_of(words[digit], row);
        if (cells == 0) continue;
        const OfByte& left = bits_of_bytes[cells % byte_values];
        const OfByte& right = bits_of_bytes[cells / byte_values];
        for (std::size_t x = 0; x < left.size(); ++x) {
          counts[x] += left[x] << digit;
          counts[left.size() + x] += right[x] << digit;
        }
      }
      const std::span line = map.subspan(extent.index({corner.x, corner.y + row}), columns);
      for (std::uint32_t x = 0; x < columns; ++x) line[x] += counts[x];
    }
  }
}

bool operator==(const TileCounts& one, const TileCounts& other) {
  if (one.size() != other.size()) return false;
  for (std::size_t i = 0; i < one.size(); ++i)
    if (one[i] != other[i]) return false;
  return true;
}

}  // namespace firesweep
