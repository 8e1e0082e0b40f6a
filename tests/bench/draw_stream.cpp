// Writes the spread draws of a fire to standard output as raw bits, for a statistical battery: the planes of
// the kernel itself, 256 bits each, in the order in which a kernel that burnt everything would use them
// (seed, step, tile, plane), without end. Usage: draw_stream [first seed] | dieharder -a -g 200

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tile_draws.hpp"

namespace {

using namespace firesweep;

constexpr std::uint32_t tiles_per_side = 16;  // a landscape of 256 x 256 cells
constexpr std::uint32_t steps = 64;           // then the next seed

DrawKeys keys_of(std::uint64_t seed) {
  DrawKeys keys{};
  auto low = static_cast<std::uint32_t>(seed);
  auto high = static_cast<std::uint32_t>(seed >> 32);
  for (int round = 0; round < rng_rounds; ++round) {
    keys.low[round] = low;
    keys.high[round] = high;
    low += philox_key_steps[0];
    high += philox_key_steps[1];
  }
  return keys;
}

// Planes 0 to 7 of every tile: those that decide nearly all draws of a fire.
void append_step(const DrawStream& stream, std::vector<std::uint64_t>& words) {
  for (std::uint32_t y = 0; y < tiles_per_side; ++y) {
    for (std::uint32_t x = 0; x < tiles_per_side; ++x) {
      for (int batch = 0; batch < 8 / planes_at_once; ++batch) {
        const PlaneBatch planes(stream, TileCounter(stream, x, y), batch);
        for (const State& pair : planes.state) {
          for (int lane = 0; lane < lanes_of_state; ++lane) words.push_back(pair.even[lane]);
          for (int lane = 0; lane < lanes_of_state; ++lane) words.push_back(pair.odd[lane]);
        }
      }
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::uint64_t> words;
  for (std::uint64_t seed = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 0;; ++seed) {
    const DrawKeys keys = keys_of(seed);
    for (std::uint32_t step = 0; step < steps; ++step) {
      words.clear();
      append_step({&keys, purpose_word(Purpose::spread), step}, words);
      if (std::fwrite(words.data(), sizeof words[0], words.size(), stdout) != words.size())
        return 0;  // enough was read
    }
  }
}
