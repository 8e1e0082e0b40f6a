#include "firesweep/random/draw.hpp"

#include <cmath>

#include "firesweep/check/contract.hpp"

namespace firesweep {
namespace {

using Block = std::array<std::uint32_t, 4>;

Block block(Seed seed, std::array<std::uint32_t, 4> counter) {
  const auto bits = static_cast<std::uint64_t>(seed);
  return philox4x32<rng_rounds>(counter,
                                {static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32)});
}

std::uint32_t purpose_word(Purpose purpose) {
  return static_cast<std::uint32_t>(purpose) << 16;
}

// Where the bits of one cell stand in the blocks of its tile.
struct CellAddress {
  std::array<std::uint32_t, 4> counter;  // of planes 0 and 1
  std::uint32_t word;                    // of plane 0; plane 1 is two words on
  std::uint32_t shift;

  CellAddress(Purpose purpose, std::uint32_t step, std::uint32_t x, std::uint32_t y)
      : counter{x / tile_side, y / tile_side, step, purpose_word(purpose) + (y % tile_side) / 4},
        word((tile_side * (y % 4) + x % tile_side) / 32),
        shift((tile_side * (y % 4) + x % tile_side) % 32) {}

  // The bits of planes 2m (first) and 2m + 1 (second), as the two lowest bits.
  std::uint32_t plane_pair(Seed seed, std::uint32_t m) const {
    const Block words = block(seed, {counter[0], counter[1], counter[2], counter[3] + 4 * m});
    return ((words[word] >> shift & 1U) << 1) | (words[word + 2] >> shift & 1U);
  }
};

constexpr std::uint32_t plane_pairs = 16;

}  // namespace

Threshold threshold(double probability) {
  expects(probability >= 0.0 && probability <= 1.0, "a probability lies in [0, 1]");
  return static_cast<Threshold>(std::llround(std::ldexp(probability, 32)));
}

bool trial(Seed seed, Purpose purpose, std::uint32_t step, std::uint32_t x, std::uint32_t y,
           Threshold threshold) {
  if (threshold == Threshold::always) return true;
  const CellAddress address(purpose, step, x, y);
  const auto bound = static_cast<std::uint32_t>(threshold);
  for (std::uint32_t m = 0; m < plane_pairs; ++m) {
    const std::uint32_t drawn = address.plane_pair(seed, m);
    const std::uint32_t wanted = bound >> (30 - 2 * m) & 3U;
    if (drawn != wanted) return drawn < wanted;
  }
  return false;  // the draw equals the threshold
}

std::uint32_t draw(Seed seed, Purpose purpose, std::uint32_t step, std::uint32_t x, std::uint32_t y) {
  const CellAddress address(purpose, step, x, y);
  std::uint32_t value = 0;
  for (std::uint32_t m = 0; m < plane_pairs; ++m) value = value << 2 | address.plane_pair(seed, m);
  return value;
}

std::array<std::uint32_t, 4> more_draws(Seed seed, Purpose purpose, std::uint32_t step, std::uint32_t x,
                                        std::uint32_t y) {
  constexpr std::uint32_t first_cell = 1U << 8;
  return block(seed, {x / tile_side, y / tile_side, step,
                      purpose_word(purpose) + first_cell + tile_side * (y % tile_side) + x % tile_side});
}

std::uint64_t number(Seed seed, Purpose purpose, std::uint64_t i) {
  const Block words = block(
      seed, {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i >> 32), 0, purpose_word(purpose)});
  return words[0] | std::uint64_t{words[1]} << 32;
}

std::uint64_t number_below(Seed seed, Purpose purpose, std::uint64_t i, std::uint64_t bound) {
  __extension__ using UInt128 = unsigned __int128;
  return static_cast<std::uint64_t>(UInt128{number(seed, purpose, i)} * bound >> 64);
}

}  // namespace firesweep
