#pragma once

// Sets of cells as vectors, compiled once per instruction set.
//
// This header and those it serves (tile_draws.hpp, tile_step.hpp) are included by one source per instruction
// set, each compiled with its own flags. Everything in them is in an unnamed namespace and uses no inline
// function of anybody else's, so the linker never mixes code for different machines.

#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <immintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

namespace firesweep {
namespace {

// One bit per cell of a tile, 16 rows of 16. The compiler splits it where the registers are narrower.
using Bits = std::uint64_t __attribute__((vector_size(32)));
using TwoWords = std::uint64_t __attribute__((vector_size(16)));
using Rows = std::uint16_t __attribute__((vector_size(32)));

// The lanes of a Philox state: as many as a register holds, but at least the four quarters of a tile.
#if defined(__AVX512F__)
inline constexpr int lanes_of_state = 8;
#else
inline constexpr int lanes_of_state = 4;
#endif
using Lanes = std::uint64_t __attribute__((vector_size(8 * lanes_of_state)));

inline Bits load_bits(const void* from) {
  Bits bits;
  std::memcpy(&bits, from, sizeof bits);
  return bits;
}

// From registers: a load would wait for the stores of all four.
inline Bits words(const std::uint64_t* from) {
#if defined(__AVX2__)
  return reinterpret_cast<Bits>(
      _mm256_set_epi64x(static_cast<long long>(from[3]), static_cast<long long>(from[2]),
                        static_cast<long long>(from[1]), static_cast<long long>(from[0])));
#else
  return Bits{from[0], from[1], from[2], from[3]};
#endif
}

inline void store_bits(void* to, Bits bits) {
  std::memcpy(to, &bits, sizeof bits);
}

inline Lanes load_lanes(const void* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

inline Lanes every_lane(std::uint64_t value) {
  return Lanes{} + value;
}

// Each cell takes the bit of its western or eastern neighbour; the edge column that of the next tile.
inline Bits from_west(Bits here, Bits west) {
#if defined(__AVX512VBMI2__)
  return reinterpret_cast<Bits>(
      _mm256_shldi_epi16(reinterpret_cast<__m256i>(here), reinterpret_cast<__m256i>(west), 1));
#else
  return reinterpret_cast<Bits>(reinterpret_cast<Rows>(here) << 1 | reinterpret_cast<Rows>(west) >> 15);
#endif
}

inline Bits from_east(Bits here, Bits east) {
#if defined(__AVX512VBMI2__)
  return reinterpret_cast<Bits>(
      _mm256_shrdi_epi16(reinterpret_cast<__m256i>(here), reinterpret_cast<__m256i>(east), 1));
#else
  return reinterpret_cast<Bits>(reinterpret_cast<Rows>(here) >> 1 | reinterpret_cast<Rows>(east) << 15);
#endif
}

inline bool is_empty(Bits bits) {
#if defined(__AVX2__)
  return _mm256_testz_si256(reinterpret_cast<__m256i>(bits), reinterpret_cast<__m256i>(bits)) != 0;
#else
  return (bits[0] | bits[1] | bits[2] | bits[3]) == 0;
#endif
}

inline std::uint32_t size(Bits bits) {
#if defined(__POPCNT__) || !defined(__SSE2__)
  return static_cast<std::uint32_t>(__builtin_popcountll(bits[0]) + __builtin_popcountll(bits[1]) +
                                    __builtin_popcountll(bits[2]) + __builtin_popcountll(bits[3]));
#else
  bits -= bits >> 1 & 0x5555555555555555;  // bits per pair, nibble, byte
  bits = (bits & 0x3333333333333333) + (bits >> 2 & 0x3333333333333333);
  bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F;
  constexpr std::uint64_t sum_of_bytes = 0x0101010101010101;
  return static_cast<std::uint32_t>(((bits[0] + bits[1]) * sum_of_bytes >> 56) +
                                    ((bits[2] + bits[3]) * sum_of_bytes >> 56));
#endif
}

// Any function of three bits: bit 4a + 2b + c of `table` is its value. One instruction on AVX-512.
#if defined(__AVX512VL__)
template <int table>
inline Bits ternary(Bits a, Bits b, Bits c) {
  return reinterpret_cast<Bits>(_mm256_ternarylogic_epi64(
      reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b), reinterpret_cast<__m256i>(c), table));
}

template <int table>
inline Lanes ternary(Lanes a, Lanes b, Lanes c) {
  return reinterpret_cast<Lanes>(_mm512_ternarylogic_epi64(
      reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b), reinterpret_cast<__m512i>(c), table));
}
#endif

template <class Set>
inline Set exclusive_or(Set a, Set b, Set c) {
#if defined(__AVX512VL__)
  return ternary<0x96>(a, b, c);
#else
  return a ^ b ^ c;
#endif
}

inline Bits majority(Bits a, Bits b, Bits c) {
#if defined(__AVX512VL__)
  return ternary<0xE8>(a, b, c);
#else
  return (a & b) | (c & (a ^ b));
#endif
}

// a, but b flipped where `where` is set.
template <class Set>
inline Set flipped(Set a, Set where, Set by) {
#if defined(__AVX512VL__)
  return ternary<0x78>(a, where, by);
#else
  return a ^ (where & by);
#endif
}

}  // namespace
}  // namespace firesweep
