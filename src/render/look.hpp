#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "canvas.hpp"
#include "hillshade.hpp"

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

/// Of a map of probabilities on relief: paper, ink and not known as above, then what is between paper and ink, and each
/// of fewer shades, 0 among them, at every level of light.
std::array<Colour, 256> relief_map_colours();
inline constexpr std::array<std::uint8_t, 4> relief_map_inks = {3, 4, 5, map_ink};  ///< from the faintest
inline constexpr std::uint8_t relief_map_first = 6;
inline constexpr std::size_t relief_map_shades = 31;

/// Of a fire on the ground: kinds of cells, each at every level of light, then what is no land, paper, and inks.
enum class GroundKind : std::uint8_t {
  bare,
  vegetation,
  burning,
  burnt,
  unburnable
};  ///< first the CellStates
std::array<Colour, 46> ground_colours();
inline constexpr std::uint8_t ground_no_land = 5 * relief_levels;
inline constexpr std::uint8_t ground_paper = ground_no_land + 1;
inline constexpr std::array<std::uint8_t, 4> ground_inks = {
    ground_paper + 1, ground_paper + 2, ground_paper + 3, ground_paper + 4};  ///< from the faintest

/// The number of a kind's colour in that light; fire shines by itself.
constexpr std::uint8_t ground_colour(GroundKind kind, std::uint8_t level) {
  const auto first = static_cast<std::uint8_t>(static_cast<std::size_t>(kind) * relief_levels);
  return static_cast<std::uint8_t>(first + (kind == GroundKind::burning ? level_ground : level));
}

/// Of a map beside what burnt: the kinds of cells, then paper and ink. Kinds differ in lightness too.
inline constexpr std::array<Colour, 7> agreement_colours = {{{0x67, 0x16, 0x6E},
                                                             {0x26, 0x86, 0xC8},
                                                             {0xFB, 0xBE, 0x23},
                                                             {0xF7, 0xF3, 0xEA},
                                                             {0xA0, 0xA0, 0xA0},
                                                             {0xFF, 0xFF, 0xFF},
                                                             {0x28, 0x28, 0x28}}};
inline constexpr std::uint8_t agreement_hit = 0;
inline constexpr std::uint8_t agreement_miss = 1;
inline constexpr std::uint8_t agreement_false_alarm = 2;
inline constexpr std::uint8_t agreement_neither = 3;
inline constexpr std::uint8_t agreement_unknown = 4;
inline constexpr std::uint8_t agreement_paper = 5;
inline constexpr std::uint8_t agreement_ink = 6;

/// Of a difference of two maps: paper, ink and not known, then shades from blue by white to red, pale ones first.
std::array<Colour, 256> difference_colours();
inline constexpr std::uint8_t difference_paper = 0;
inline constexpr std::uint8_t difference_ink = 1;
inline constexpr std::uint8_t difference_unknown = 2;
inline constexpr std::uint8_t difference_first = 3;
inline constexpr std::size_t difference_shades = 101;  ///< of either kind, the middle one white

/// The number of the colour of a difference from -1 to 1; difference_unknown for NaN.
std::uint8_t difference_shade(float difference, bool is_strong);

/// The colours as a palette, whose other places are black.
template <std::size_t count>
std::array<Colour, 256> palette_of(const std::array<Colour, count>& colours) {
  std::array<Colour, 256> palette{};
  std::copy(colours.begin(), colours.end(), palette.begin());
  return palette;
}

/// The number of a probability's colour; map_unknown for NaN.
std::uint8_t shade_of(float probability);

/// The same on relief.
std::uint8_t relief_shade_of(float probability, std::uint8_t level);

}  // namespace firesweep
