#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "canvas.hpp"

namespace firesweep {

/// The colours of our pictures, by their numbers; the figures of analysis/firesweep_analysis have the same, to which
/// a test holds both.

/// Of a fire: the CellStates, then paper and ink. States differ in lightness too, for grey print and the
/// colour-blind.
inline constexpr std::array<Colour, 6> fire_colours = {{{0xF7, 0xF3, 0xEA},
                                                        {0x98, 0xB9, 0x9E},
                                                        {0xF0, 0x50, 0x1E},
                                                        {0x26, 0x26, 0x26},
                                                        {0xFF, 0xFF, 0xFF},
                                                        {0x26, 0x26, 0x26}}};
inline constexpr std::uint8_t fire_paper = 4;
inline constexpr std::uint8_t fire_ink = 5;

/// Of a map of probabilities.
std::array<Colour, 256> map_colours();
inline constexpr std::uint8_t map_paper = 0;  ///< also for a probability of 0
inline constexpr std::uint8_t map_ink = 1;
inline constexpr std::uint8_t map_unknown = 2;
inline constexpr std::uint8_t map_first_shade = 3;  ///< of the probabilities above 0, to the end, ever darker
inline constexpr std::size_t map_shades = 253;

/// The number of a probability's colour; map_unknown for NaN.
std::uint8_t shade_of(float probability);

}  // namespace firesweep
