#pragma once

#include <array>
#include <cstdint>

namespace firesweep {

inline constexpr std::array<std::uint32_t, 2> philox_multipliers = {0xD2511F53, 0xCD9E8D57};
inline constexpr std::array<std::uint32_t, 2> philox_key_steps = {0x9E3779B9, 0xBB67AE85};

/// Counter-based generator Philox4x32 with `rounds` rounds: a keyed bijection of 128-bit counters.
/// Returns the four 32-bit words of the block at `counter`. It has no state, so any block can be had at any
/// time.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// SC'11, doi:10.1145/2063384.2063405. Seven rounds pass the authors' BigCrush battery; ten is their default.
template <int rounds>
constexpr std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                  std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < rounds; ++round) {
    const std::uint64_t product0 = std::uint64_t{philox_multipliers[0]} * counter[0];
    const std::uint64_t product1 = std::uint64_t{philox_multipliers[1]} * counter[2];
    counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(product1),
               static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(product0)};
    key[0] += philox_key_steps[0];
    key[1] += philox_key_steps[1];
  }
  return counter;
}

}  // namespace firesweep
