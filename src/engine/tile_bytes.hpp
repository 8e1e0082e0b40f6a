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

// Eight planes of a tile, four words each.
struct EightPlanes {
  alignas(64) std::uint64_t word[8][4];
};

// With eight lanes, the upper four are planes that come `states` pairs later.
template <int... i>
inline void store_states(const PlaneBatch& drawn, std::uint64_t (*planes)[4],
                         std::integer_sequence<int, i...>) {
  const auto store = [&](Lanes lanes, int plane) {
    std::uint64_t both[lanes_of_state];
    std::memcpy(both, &lanes, sizeof both);
    for (int half = 0; half < wide; ++half)
      std::memcpy(planes[plane + 2 * half * states], both + 4 * half, 32);
  };
  (store(drawn.state[i].even, 2 * i), ...);
  (store(drawn.state[i].odd, 2 * i + 1), ...);
}

// The first eight planes of a tile's draws.
inline void draw_planes(const DrawStream& stream, std::uint32_t tile_x, std::uint32_t tile_y,
                        EightPlanes& planes) {
  const TileCounter tile(stream, tile_x, tile_y);
  for (int batch = 0; batch < 8 / planes_at_once; ++batch) {
    const PlaneBatch drawn(stream, tile, batch);
    store_states(drawn, planes.word + batch * planes_at_once, std::make_integer_sequence<int, states>());
  }
}

// Transposes the 8 x 8 bits of every word.
template <class Words>
inline Words transposed(Words x) {
  Words swap = (x ^ x >> 7) & 0x00AA00AA00AA00AA;
  x ^= swap ^ swap << 7;
  swap = (x ^ x >> 14) & 0x0000CCCC0000CCCC;
  x ^= swap ^ swap << 14;
  swap = (x ^ x >> 28) & 0x00000000F0F0F0F0;
  return x ^ swap ^ swap << 28;
}

// Turns eight planes of quarter q into bytes of its 64 cells, the first plane in the most significant bit.
inline void quarter_bytes(const EightPlanes& planes, std::uint32_t q, std::uint8_t* bytes) {
  using Bytes = std::uint8_t __attribute__((vector_size(16)));
  using Pairs = std::uint16_t __attribute__((vector_size(16)));
  using Fours = std::uint32_t __attribute__((vector_size(16)));
  // Byte i of the pair, or four, is of byte i of the planes.
  const auto bytes_of_two = [&](int i) {
    const Bytes low = reinterpret_cast<Bytes>(TwoWords{planes.word[i + 1][q], 0});
    const Bytes high = reinterpret_cast<Bytes>(TwoWords{planes.word[i][q], 0});
    return reinterpret_cast<Pairs>(
        __builtin_shufflevector(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
  };
  const Pairs p67 = bytes_of_two(6);
  const Pairs p45 = bytes_of_two(4);
  const Pairs p23 = bytes_of_two(2);
  const Pairs p01 = bytes_of_two(0);
  const auto first = [](Pairs a, Pairs b) {
    return reinterpret_cast<Fours>(__builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11));
  };
  const auto last = [](Pairs a, Pairs b) {
    return reinterpret_cast<Fours>(__builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15));
  };
  const Fours low_first = first(p67, p45);
  const Fours low_last = last(p67, p45);
  const Fours high_first = first(p23, p01);
  const Fours high_last = last(p23, p01);
  const auto store = [](std::uint8_t* to, Fours low, Fours high) {
    const auto a = reinterpret_cast<TwoWords>(__builtin_shufflevector(low, high, 0, 4, 1, 5));
    const auto b = reinterpret_cast<TwoWords>(__builtin_shufflevector(low, high, 2, 6, 3, 7));
#if defined(__AVX2__)
    store_bits(to, transposed<Bits>(__builtin_shufflevector(a, b, 0, 1, 2, 3)));
#else
    const TwoWords both[2] = {transposed(a), transposed(b)};
    std::memcpy(to, both, sizeof both);
#endif
  };
  store(bytes, low_first, high_first);
  store(bytes + 32, low_last, high_last);
}

// The cells whose draw may be below `most`, going by its first byte.
inline Bits may_be_below(const EightPlanes& planes, std::uint64_t most) {
  if (most >> 32 != 0) return ~Bits{};
  Bits less{};
  Bits same = ~Bits{};
  for (int i = 0; i < 8; ++i) {
    const Bits drawn = load_bits(planes.word[i]);
    if ((most >> (31 - i) & 1) != 0) {
      less |= same & ~drawn;
      same &= drawn;
    } else {
      same &= ~drawn;
    }
  }
  return less | same;
}

// Returns the candidates whose draw is below their threshold: 0..threshold.most(), of cell c by threshold(c), once
// threshold.enter_quarter(c / 64) has been called; threshold.first_byte(c) is its first byte, 255 or 256 for 2^32.
template <class ThresholdOf>
inline Bits byte_trials(Bits candidates, const DrawStream& stream, std::uint32_t tile_x, std::uint32_t tile_y,
                        ThresholdOf threshold) {
  EightPlanes planes;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  draw_planes(stream, tile_x, tile_y, planes);
  std::uint64_t quarters[4];
  store_bits(quarters, candidates & may_be_below(planes, threshold.most()));
  for (std::uint32_t q = 0; q < 4; ++q) {
    if (quarters[q] == 0) continue;
    alignas(32) std::uint8_t drawn[64];
    quarter_bytes(planes, q, drawn);
    threshold.enter_quarter(q);
    std::uint64_t won = 0;
    for (std::uint64_t left = quarters[q]; left != 0; left &= left - 1) {
      const auto bit = static_cast<std::uint32_t>(__builtin_ctzll(left));
      const auto wanted = threshold.first_byte(64 * q + bit);
      won |= std::uint64_t{drawn[bit] < wanted} << bit;
      if (__builtin_expect(drawn[bit] == wanted, 0)) {
        const bool wins = late_trial(stream, tile_x, tile_y, 64 * q + bit, threshold(64 * q + bit));
        won |= std::uint64_t{wins} << bit;
      }
    }
    quarters[q] = won;
  }
  return words(quarters);
}

}  // namespace
}  // namespace firesweep
