#pragma once

// One step of a fire by a rule that asks which neighbours burn; otherwise as tile_step.hpp. See tile_bits.hpp for the
// compiling.

#include "tile_set_list.hpp"
#include "tile_set_rules.hpp"

namespace firesweep {
namespace {

template <class Rule>
struct SetStepper {
  const TilePlanes& tiles;
  const FireStep& step;
  const DrawStream stream;
  Found found{};

  // Advances one tile; see CountStepper.
  bool advance_tile(std::uint32_t x, std::uint32_t y, const TileBand& band, std::uint64_t* ignited) {
    const std::uint64_t at = place(tiles, x, y);
    const Surroundings near(tiles.burning + at, tiles.strip);
    const Bits fuel = load_bits(tiles.fuel + at);
    const Bits candidates = fuel & near.any;
    Bits lit{};
    if (!is_empty(candidates)) {
      const std::uint64_t tile = y * std::uint64_t{tiles.columns} + x;
      lit = byte_trials(candidates, stream, x, y, ThresholdOfCell<Rule>(step, tile, near));
      light(tiles, step, at, fuel, lit);
    }
    return end_tile(tiles, step, band, x, y, near.middle.here, lit, found, ignited);
  }

  std::uint32_t advance_word(std::uint32_t active, std::uint32_t y, std::uint32_t w, const TileBand& band) {
    return advance_tile_by_tile(*this, active, y, w, band);
  }
};

#if defined(FIRESWEEP_VECTORS_OF_BYTES)
template <class Rule>
using StepperBySet = ListStepper<Rule>;
#else
template <class Rule>
using StepperBySet = SetStepper<Rule>;
#endif

}  // namespace
}  // namespace firesweep
