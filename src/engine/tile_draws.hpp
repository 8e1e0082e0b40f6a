#pragma once

// Bit planes of random draws (random/draw.hpp) and the trials they decide. See tile_bits.hpp for the
// compiling.

#include "tile_bits.hpp"
#include "tile_layout.hpp"

namespace firesweep {
namespace {

constexpr std::uint32_t purpose_word(Purpose purpose) {
  return static_cast<std::uint32_t>(purpose) << 16;
}

// A Philox state of as many blocks as there are lanes, as two vectors of 64-bit lanes
//
//     even = word0 | word1 << 32        odd = word2 | word3 << 32
//
// Lane q of the state belongs to quarter q of the tile, so after the last round `even` is a plane of 256
// draws and `odd` the next one. With eight lanes the upper four are planes that come `states` pairs later.
struct State {
  Lanes even;
  Lanes odd;
};

inline constexpr int wide = lanes_of_state / 4;
#if defined(__AVX2__)
inline constexpr int states = 4 / wide;  // eight planes at once: mostly enough, and they fill the registers
#else
inline constexpr int states = 2;
#endif
inline constexpr int pairs_at_once = states * wide;
inline constexpr int planes_at_once = 2 * pairs_at_once;
inline constexpr int batches = 32 / planes_at_once;

inline constexpr std::uint64_t multiplier0 = philox_multipliers[0];
inline constexpr std::uint64_t multiplier1 = philox_multipliers[1];

#if !defined(__AVX2__)
// Two lanes, what a register of 128 bits holds.
using TwoLanes = std::uint64_t __attribute__((vector_size(16)));

template <class Operation>
inline Lanes by_two_lanes(Lanes a, Operation operation) {
  return __builtin_shufflevector(operation(__builtin_shufflevector(a, a, 0, 1)),
                                 operation(__builtin_shufflevector(a, a, 2, 3)), 0, 1, 2, 3);
}
#endif

// The 64-bit products of the low halves.
inline Lanes product(Lanes a, std::uint64_t b) {
#if defined(__AVX512F__)
  return reinterpret_cast<Lanes>(
      _mm512_mul_epu32(reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(every_lane(b))));
#elif defined(__AVX2__)
  return reinterpret_cast<Lanes>(
      _mm256_mul_epu32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(every_lane(b))));
#elif defined(__SSE2__)
  return by_two_lanes(a, [b](TwoLanes two) {
    return reinterpret_cast<TwoLanes>(
        _mm_mul_epu32(reinterpret_cast<__m128i>(two), reinterpret_cast<__m128i>(TwoLanes{} + b)));
  });
#elif defined(__ARM_NEON)
  return by_two_lanes(a, [b](TwoLanes two) {
    return reinterpret_cast<TwoLanes>(
        vmull_n_u32(vmovn_u64(reinterpret_cast<uint64x2_t>(two)), static_cast<std::uint32_t>(b)));
  });
#else
  return (a & 0xFFFFFFFF) * b;
#endif
}

inline Lanes halves_swapped(Lanes a) {
#if defined(__AVX512F__)
  return reinterpret_cast<Lanes>(_mm512_shuffle_epi32(reinterpret_cast<__m512i>(a), _MM_PERM_CDAB));
#elif defined(__AVX2__)
  return reinterpret_cast<Lanes>(_mm256_shuffle_epi32(reinterpret_cast<__m256i>(a), 0xB1));
#elif defined(__SSE2__)
  return by_two_lanes(a, [](TwoLanes two) {
    return reinterpret_cast<TwoLanes>(_mm_shuffle_epi32(reinterpret_cast<__m128i>(two), 0xB1));
  });
#elif defined(__ARM_NEON)
  return by_two_lanes(a, [](TwoLanes two) {
    return reinterpret_cast<TwoLanes>(vrev64q_u32(reinterpret_cast<uint32x4_t>(two)));
  });
#else
  return a << 32 | a >> 32;
#endif
}

inline std::uint64_t halves_swapped(std::uint64_t a) {
  return a << 32 | a >> 32;
}

// The low six bits of the counters of state i: 4 m + q with m its pair of planes within the batch.
template <int i>
inline Lanes lane_counters() {
#if defined(__AVX512F__)
  constexpr std::uint64_t m = 4 * i;
  constexpr std::uint64_t n = 4 * (i + states);
  return Lanes{m, m + 1, m + 2, m + 3, n, n + 1, n + 2, n + 3};
#else
  constexpr std::uint64_t m = 4 * i;
  return Lanes{m, m + 1, m + 2, m + 3};
#endif
}

// What the blocks of one tile have in common. Only word 3 of their counters differs, so of the first round
// nothing but one addend depends on the lane, and of the next two a half: the rest is done once, in scalars.
struct TileCounter {
  std::uint64_t word2;  // after round 1, without the lane's counter
  std::uint64_t even2;  // what round 2 adds to the even half
  std::uint64_t even3;  // what round 3 adds to the even half
  std::uint64_t odd3;   // what round 3 adds to the odd half

  TileCounter(const DrawStream& stream, std::uint32_t tile_x, std::uint32_t tile_y) {
    const DrawKeys& keys = *stream.keys;
    const std::uint64_t product0 = multiplier0 * tile_x;
    const std::uint64_t product1 = multiplier1 * stream.step;
    const std::uint64_t word0 = product1 >> 32 ^ tile_y ^ keys.low[0];
    word2 = product0 >> 32 ^ stream.purpose_word ^ keys.high[0];
    even2 = (product1 & 0xFFFFFFFF) ^ keys.low[1];
    const std::uint64_t odd2 = halves_swapped(multiplier0 * word0) ^ (product0 & 0xFFFFFFFF) ^ keys.high[1];
    even3 = halves_swapped(multiplier1 * (odd2 & 0xFFFFFFFF)) ^ keys.low[2];
    odd3 = odd2 >> 32 ^ keys.high[2];
  }
};

template <int i>
inline State first_three_rounds(const TileCounter& tile, int batch) {
  const Lanes word2 =
      every_lane(tile.word2 ^ 4 * pairs_at_once * static_cast<std::uint64_t>(batch)) ^ lane_counters<i>();
  const Lanes even = halves_swapped(product(word2, multiplier1)) ^ every_lane(tile.even2);
  return {even >> 32 ^ every_lane(tile.even3),
          halves_swapped(product(even, multiplier0)) ^ every_lane(tile.odd3)};
}

inline State next_round(State state, const DrawKeys& keys, int round) {
  const Lanes product0 = product(state.even, multiplier0);
  const Lanes product1 = product(state.odd, multiplier1);
  return {exclusive_or(halves_swapped(product1), state.even >> 32, every_lane(keys.low[round])),
          exclusive_or(halves_swapped(product0), state.odd >> 32, every_lane(keys.high[round]))};
}

// Some planes of the draws of a tile.
struct PlaneBatch {
  State state[states];

  PlaneBatch(const DrawStream& stream, const TileCounter& tile, int batch) {
    state[0] = first_three_rounds<0>(tile, batch);
    state[1] = first_three_rounds<1>(tile, batch);
    if constexpr (states == 4) {
      state[2] = first_three_rounds<2>(tile, batch);
      state[3] = first_three_rounds<3>(tile, batch);
    }
    for (int round = 3; round < rng_rounds; ++round)
      for (State& s : state) s = next_round(s, *stream.keys, round);
  }
};

inline Lanes widened(Bits bits) {
#if defined(__AVX512F__)
  return __builtin_shufflevector(bits, bits, 0, 1, 2, 3, 0, 1, 2, 3);
#else
  return bits;
#endif
}

// Where a comparison of draws with thresholds stands: the draws known to be less, and those that are still
// the same.
template <class Set>
struct Comparison {
  Set less;
  Set same;
};

// A comparison that looks at one more plane, more significant than those it has seen.
template <class Set>
inline void add_plane(Comparison<Set>& seen, Set wanted, Set drawn) {
#if defined(__AVX512VL__)
  seen.less = ternary<0xB2>(wanted, drawn, seen.less);
  seen.same = ternary<0x82>(wanted, drawn, seen.same);
#else
  const Set differ = wanted ^ drawn;
  seen.less ^= differ & (seen.less ^ wanted);
  seen.same &= ~differ;
#endif
}

inline Comparison<Bits> narrowed(const Comparison<Lanes>& seen) {
#if defined(__AVX512F__)
  const auto first = [](Lanes a) -> Bits { return __builtin_shufflevector(a, a, 0, 1, 2, 3); };
  const auto last = [](Lanes a) -> Bits { return __builtin_shufflevector(a, a, 4, 5, 6, 7); };
  return {first(seen.less) | (first(seen.same) & last(seen.less)), first(seen.same) & last(seen.same)};
#else
  return {seen.less, seen.same};
#endif
}

// The bit of every cell's threshold in one plane.
template <int specials>
inline Lanes threshold_plane(const std::uint64_t* planes, const Lanes* special) {
  Lanes wanted = load_lanes(planes);
  for (int i = 0; i < specials; ++i)
    wanted = flipped(wanted, special[i], load_lanes(planes + (i + 1) * lanes_of_state));
  return wanted;
}

// Compares the draws of a batch with the thresholds, from its least significant plane to the most.
template <int specials>
inline Comparison<Bits> compared(const PlaneBatch& drawn, const std::uint64_t* planes, const Lanes* special) {
  constexpr int stride = max_threshold_classes * lanes_of_state;
  Comparison<Lanes> seen{Lanes{}, ~Lanes{}};
  for (int i = states - 1; i >= 0; --i) {
    add_plane(seen, threshold_plane<specials>(planes + (2 * i + 1) * stride, special), drawn.state[i].odd);
    add_plane(seen, threshold_plane<specials>(planes + 2 * i * stride, special), drawn.state[i].even);
  }
  return narrowed(seen);
}

// Returns those candidates whose draw is below their threshold. What one batch leaves open, the next decides.
template <int specials>
inline Bits trials(Bits candidates, const Bits* special, const ThresholdPlanes& thresholds,
                   const DrawStream& stream, std::uint32_t tile_x, std::uint32_t tile_y) {
  Lanes wide_special[std::uint32_t{specials} + 1];
  for (int i = 0; i < specials; ++i) wide_special[i] = widened(special[i]);
  const TileCounter tile(stream, tile_x, tile_y);
  const std::uint64_t* planes = thresholds.plane;
  Bits won{};
  for (int batch = 0; batch < batches; ++batch) {
    const Comparison<Bits> it = compared<specials>(PlaneBatch(stream, tile, batch), planes, wide_special);
    won |= candidates & it.less;
    candidates &= it.same;
    if (is_empty(candidates)) break;
    planes += 2 * states * max_threshold_classes * lanes_of_state;
  }
  return won;
}

// The planes of a table. With eight lanes, the upper four hold a plane that comes `states` pairs later.
inline void prepare(const ThresholdTable& table, ThresholdPlanes& planes) {
  const auto ones_if = [](bool bit) { return bit ? ~std::uint64_t{0} : 0; };
  const auto bit = [&](int kind, int plane) {
    return ones_if((static_cast<std::uint64_t>(table.threshold[kind]) >> (31 - plane) & 1) != 0);
  };
  for (int place = 0; place < 32 / wide; ++place) {
    const int batch = place / (2 * states);
    for (int kind = 0; kind <= table.specials; ++kind) {
      std::uint64_t* lanes = planes.plane + (place * max_threshold_classes + kind) * lanes_of_state;
      for (int lane = 0; lane < lanes_of_state; ++lane) {
        const int plane = batch * planes_at_once + place % (2 * states) + lane / 4 * 2 * states;
        lanes[lane] = kind == 0 ? bit(0, plane) : bit(kind, plane) ^ bit(0, plane);
      }
    }
  }
  planes.has_certain = false;
  planes.specials = table.specials;
  for (int kind = table.specials; kind >= 0; --kind) {
    const Threshold it = table.threshold[kind];
    const Threshold base = table.threshold[0];
    planes.always[kind] = ones_if(it == Threshold::always);
    planes.never[kind] = ones_if(it == Threshold::never);
    planes.has_certain |= it == Threshold::always || it == Threshold::never;
    if (kind == 0) continue;
    planes.always[kind] ^= ones_if(base == Threshold::always);
    planes.never[kind] ^= ones_if(base == Threshold::never);
  }
}

}  // namespace
}  // namespace firesweep
