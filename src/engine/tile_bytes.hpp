#pragma once

// From planes to cells: trials whose threshold is each cell's own. See tile_bits.hpp for the compiling.
//
// A plane has one bit of all cells, and a table is looked up by one cell. So the first eight planes of the draws are
// turned into one byte per cell, which decides all trials but those where it equals the first byte of the threshold: one
// in 256, whose other planes are drawn cell by cell.

#include <utility>

#include "tile_draws.hpp"

namespace firesweep {
namespace {

// Blocks of one cell, as State has them of all.
struct PlanePair {
  std::uint64_t even;
  std::uint64_t odd;

  PlanePair(const DrawKeys& keys, const TileCounter& tile, std::uint32_t lane_counter) {
    const std::uint64_t word2 = tile.word2 ^ lane_counter;
    const std::uint64_t first = halves_swapped(multiplier1 * (word2 & 0xFFFFFFFF)) ^ tile.even2;
    even = first >> 32 ^ tile.even3;
    odd = halves_swapped(multiplier0 * (first & 0xFFFFFFFF)) ^ tile.odd3;
    for (int round = 3; round < rng_rounds; ++round) {
      const std::uint64_t product0 = multiplier0 * (even & 0xFFFFFFFF);
      const std::uint64_t product1 = multiplier1 * (odd & 0xFFFFFFFF);
      even = halves_swapped(product1) ^ even >> 32 ^ keys.low[round];
      odd = halves_swapped(product0) ^ odd >> 32 ^ keys.high[round];
    }
  }
};

// Returns whether the draw of a cell is below its threshold, if the first byte of both is the same or the threshold is
// 2^32.
__attribute__((noinline)) bool late_trial(const DrawStream& stream, std::uint32_t tile_x,
                                          std::uint32_t tile_y, std::uint32_t cell, std::uint64_t threshold) {
  if (threshold >> 32 != 0) return true;
  const TileCounter tile(stream, tile_x, tile_y);
  const std::uint32_t bit = cell % 64;
  for (std::uint32_t m = 4; m < 16; ++m) {
    const PlanePair pair(*stream.keys, tile, 4 * m + cell / 64);
    const std::uint64_t drawn = (pair.even >> bit & 1) << 1 | (pair.odd >> bit & 1);
    const std::uint64_t wanted = threshold >> (30 - 2 * m) & 3;
    if (drawn != wanted) return drawn < wanted;
  }
  return false;
}

// With eight lanes, the upper four are planes that come `states` pairs later.
template <int... i>
inline void store_states(const PlaneBatch& drawn, Bits* planes, std::integer_sequence<int, i...>) {
  const auto store = [&](Lanes lanes, int plane) {
    std::uint64_t both[lanes_of_state];
    std::memcpy(both, &lanes, sizeof both);
    for (int half = 0; half < wide; ++half) planes[-plane - 2 * half * states] = load_bits(both + 4 * half);
  };
  (store(drawn.state[i].even, 2 * i), ...);
  (store(drawn.state[i].odd, 2 * i + 1), ...);
}

// The first eight planes of a tile's draws.
inline void draw_planes(const DrawStream& stream, std::uint32_t tile_x, std::uint32_t tile_y, Bits* planes) {
  const TileCounter tile(stream, tile_x, tile_y);
  for (int batch = 0; batch < 8 / planes_at_once; ++batch) {
    const PlaneBatch drawn(stream, tile, batch);
    store_states(drawn, planes + 7 - batch * planes_at_once, std::make_integer_sequence<int, states>());
  }
}

// Of planes whose numbers differ in one bit, exchanges the first one's cells whose numbers have that bit with the second
// one's that do not.
template <int bit>
inline void exchange(Bits* planes, std::uint64_t cells_without) {
  for (int i = 0; i < 8; ++i) {
    if ((i & bit) != 0) continue;
    const Bits differ = (planes[i] >> bit ^ planes[i + bit]) & (Bits{} + cells_without);
    planes[i] ^= differ << bit;
    planes[i + bit] ^= differ;
  }
}

// Transposes the 8 x 8 bits that 8 cells have in eight planes: bit i of a byte is from planes[i], and the byte of cell
// 8 j + i becomes byte j of planes[i].
inline void planes_to_bytes(Bits* planes) {
  exchange<4>(planes, 0x0F0F0F0F0F0F0F0F);
  exchange<2>(planes, 0x3333333333333333);
  exchange<1>(planes, 0x5555555555555555);
}

// The byte of a cell among those of its tile.
inline std::uint8_t* byte_of(Bits* bytes, std::uint32_t cell) {
  return reinterpret_cast<std::uint8_t*>(bytes) + (cell % 8 * 32 + cell / 8);
}
inline const std::uint8_t* byte_of(const Bits* bytes, std::uint32_t cell) {
  return reinterpret_cast<const std::uint8_t*>(bytes) + (cell % 8 * 32 + cell / 8);
}

// A byte of 255 where the comparison of two bytes holds, else of 0.
template <class Comparison>
inline Bits compared_bytes(Bits a, Bits b, Comparison holds) {
#if defined(__AVX2__)
  using Bytes = std::uint8_t __attribute__((vector_size(32)));
  return reinterpret_cast<Bits>(holds(reinterpret_cast<Bytes>(a), reinterpret_cast<Bytes>(b)));
#else
  using Bytes = std::uint8_t __attribute__((vector_size(16)));
  const auto half = [&](TwoWords x, TwoWords y) {
    return reinterpret_cast<TwoWords>(holds(reinterpret_cast<Bytes>(x), reinterpret_cast<Bytes>(y)));
  };
  return __builtin_shufflevector(
      half(__builtin_shufflevector(a, a, 0, 1), __builtin_shufflevector(b, b, 0, 1)),
      half(__builtin_shufflevector(a, a, 2, 3), __builtin_shufflevector(b, b, 2, 3)), 0, 1, 2, 3);
#endif
}

// A loop of its own for every quarter: its end is foreseen more often.
template <class Visit>
inline void for_each_cell(Bits cells, const Visit& visit) {
  std::uint64_t quarters[4];
  store_bits(quarters, cells);
#pragma GCC unroll 4
  for (std::uint32_t q = 0; q < 4; ++q)
    for (std::uint64_t left = quarters[q]; left != 0; left &= left - 1)
      visit(64 * q + static_cast<std::uint32_t>(__builtin_ctzll(left)));
}

// Returns the candidates whose draw is below their threshold: of cell c threshold(c), up to 2^32. Its first byte is
// threshold.first_byte(c), 255 for 2^32. The two do not wait for each other: which cells are looked up must not depend on
// the draws.
template <class ThresholdOf>
inline Bits byte_trials(Bits candidates, const DrawStream& stream, std::uint32_t tile_x, std::uint32_t tile_y,
                        const ThresholdOf& threshold) {
  Bits drawn[8];  // NOLINT(cppcoreguidelines-pro-type-member-init)
  draw_planes(stream, tile_x, tile_y, drawn);
  Bits wanted[8];  // NOLINT(cppcoreguidelines-pro-type-member-init): of candidates only
  for_each_cell(candidates, [&](std::uint32_t cell) { *byte_of(wanted, cell) = threshold.first_byte(cell); });
  planes_to_bytes(drawn);
  Bits lost{};
  Bits same{};
  for (int i = 0; i < 8; ++i) {
    const Bits bit = Bits{} + (std::uint64_t{0x0101010101010101} << i);
    lost |= bit & compared_bytes(drawn[i], wanted[i], [](auto a, auto b) { return a >= b; });
    same |= bit & compared_bytes(drawn[i], wanted[i], [](auto a, auto b) { return a == b; });
  }
  same &= candidates;
  if (__builtin_expect(is_empty(same), 1)) return candidates & ~lost;
  std::uint64_t late[4] = {};
  for_each_cell(same, [&](std::uint32_t cell) {
    const bool wins = late_trial(stream, tile_x, tile_y, cell, threshold(cell));
    late[cell / 64] |= std::uint64_t{wins} << cell % 64;
  });
  return (candidates & ~lost) | words(late);
}

}  // namespace
}  // namespace firesweep
