#include "look.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace firesweep {
namespace {

/// Places of matplotlib's inferno from 0.96 down to 0.07, equally far from each other; what is between is mixed of
/// its neighbours. Source: S. van der Walt, N. Smith, matplotlib's colour maps, 2015 (CC0).
constexpr std::array<Colour, 17> inferno = {{{242, 242, 125},
                                             {245, 217, 73},
                                             {251, 190, 35},
                                             {252, 163, 9},
                                             {248, 135, 14},
                                             {240, 111, 32},
                                             {228, 90, 49},
                                             {212, 72, 66},
                                             {192, 58, 81},
                                             {171, 47, 94},
                                             {149, 38, 103},
                                             {127, 30, 108},
                                             {103, 22, 110},
                                             {81, 14, 108},
                                             {57, 9, 99},
                                             {33, 12, 74},
                                             {12, 8, 38}}};

std::uint8_t mixed(std::uint8_t one, std::uint8_t other, double part_of_other) {
  return static_cast<std::uint8_t>(std::lround(one + part_of_other * (other - one)));
}

Colour mixed(const Colour& one, const Colour& other, double part_of_other) {
  return {mixed(one.red, other.red, part_of_other), mixed(one.green, other.green, part_of_other),
          mixed(one.blue, other.blue, part_of_other)};
}

std::uint8_t scaled(std::uint8_t value, double factor) {
  return static_cast<std::uint8_t>(std::lround(factor * value));
}

/// A colour of level ground on ground of that level of light.
Colour in_light(const Colour& colour, std::size_t level) {
  const Colour shadow = {scaled(colour.red, 0.30), scaled(colour.green, 0.31),
                         scaled(colour.blue, 0.36)};  // the sky's
  constexpr Colour sun = {255, 252, 240};
  const double away = static_cast<double>(level) - level_ground;
  if (away < 0.0) return mixed(colour, shadow, 0.58 * -away / level_ground);
  return mixed(colour, sun, 0.36 * away / (relief_levels - 1 - level_ground));
}

/// Puts a colour at every level of light in a palette.
void put_in_light(std::span<Colour> palette, std::size_t first, const Colour& colour) {
  for (std::size_t level = 0; level < relief_levels; ++level)
    palette[first + level] = in_light(colour, level);
}

/// Puts inks in a palette, the last being ink itself.
void put_inks(std::span<Colour> palette, std::span<const std::uint8_t> inks, const Colour& paper,
              const Colour& ink) {
  for (std::size_t i = 0; i < inks.size(); ++i)
    palette[inks[i]] = mixed(paper, ink, static_cast<double>(i + 1) / static_cast<double>(inks.size()));
}

}  // namespace

std::array<Colour, 256> map_colours() {
  std::array<Colour, 256> colours{};
  colours[map_paper] = {255, 255, 255};
  colours[map_ink] = {40, 40, 40};
  colours[map_unknown] = {160, 160, 160};
  for (std::size_t shade = 0; shade < map_shades; ++shade) {
    const double at = static_cast<double>(shade * (inferno.size() - 1)) / static_cast<double>(map_shades - 1);
    const std::size_t place = std::min(static_cast<std::size_t>(at), inferno.size() - 2);
    const double rest = at - static_cast<double>(place);
    colours[map_first_shade + shade] = mixed(inferno[place], inferno[place + 1], rest);
  }
  return colours;
}

std::array<Colour, 256> relief_map_colours() {
  const std::array<Colour, 256> flat = map_colours();
  std::array<Colour, 256> colours{};
  colours[map_paper] = flat[map_paper];
  colours[map_unknown] = flat[map_unknown];
  put_inks(colours, relief_map_inks, flat[map_paper], flat[map_ink]);
  put_in_light(colours, relief_map_first, {240, 238, 232});  // so that light can be seen where nothing burns
  constexpr std::size_t last = relief_map_shades - 1;
  for (std::size_t shade = 1; shade <= last; ++shade)
    put_in_light(colours, relief_map_first + shade * relief_levels,
                 flat[map_first_shade + (2 * shade - 1) * map_shades / (2 * last)]);
  return colours;
}

std::array<Colour, 46> ground_colours() {
  constexpr Colour bare = {0xDB, 0xD4,
                           0xBA};  // darker than elsewhere, and what burnt is lighter: the relief shows
  constexpr Colour unburnable = {0x72, 0x90, 0xAA};
  constexpr Colour burnt = {0x4A, 0x42, 0x40};
  constexpr Colour no_land = {0xDC, 0xDC, 0xDC};
  const std::array<Colour, 5> kinds = {bare, fire_colours[1], fire_colours[2], burnt, unburnable};
  std::array<Colour, 46> colours{};
  for (std::size_t kind = 0; kind < kinds.size(); ++kind)
    put_in_light(colours, kind * relief_levels, kinds[kind]);
  colours[ground_no_land] = no_land;
  colours[ground_paper] = fire_colours[fire_paper];
  put_inks(colours, ground_inks, fire_colours[fire_paper], fire_colours[fire_ink]);
  return colours;
}

std::uint8_t shade_of(float probability) {
  if (std::isnan(probability)) return map_unknown;
  if (probability <= 0.0F) return map_paper;
  const auto shade = static_cast<std::size_t>(probability * static_cast<float>(map_shades));
  return static_cast<std::uint8_t>(map_first_shade + std::min(shade, map_shades - 1));
}

std::uint8_t relief_shade_of(float probability, std::uint8_t level) {
  if (std::isnan(probability)) return map_unknown;
  constexpr std::size_t last = relief_map_shades - 1;
  const auto above_0 = static_cast<std::size_t>(probability * static_cast<float>(last));
  const std::size_t shade = probability <= 0.0F ? 0 : 1 + std::min(above_0, last - 1);
  return static_cast<std::uint8_t>(relief_map_first + shade * relief_levels + level);
}

std::array<Colour, 256> difference_colours() {
  constexpr Colour white = {0xFF, 0xFF, 0xFF};
  constexpr Colour less = {0x21, 0x66, 0xAC};  // of ColorBrewer's RdBu (C. Brewer, 2002), as the other
  constexpr Colour more = {0xB2, 0x18, 0x2B};
  constexpr double pale = 0.35;
  constexpr double middle = (difference_shades - 1) / 2.0;
  std::array<Colour, 256> palette{};
  palette[difference_paper] = white;
  palette[difference_ink] = {0x28, 0x28, 0x28};
  palette[difference_unknown] = {0xA0, 0xA0, 0xA0};
  for (std::size_t i = 0; i < difference_shades; ++i) {
    const double place = (static_cast<double>(i) - middle) / middle;
    const Colour& end = place < 0.0 ? less : more;
    palette[difference_first + i] = mixed(white, end, pale * std::abs(place));
    // However small, a difference that is told from 0 is told from white.
    const double strength = place == 0.0 ? 0.0 : 0.4 + 0.6 * std::abs(place);
    palette[difference_first + difference_shades + i] = mixed(white, end, strength);
  }
  return palette;
}

std::uint8_t difference_shade(float difference, bool is_strong) {
  if (std::isnan(difference)) return difference_unknown;
  constexpr float middle = (difference_shades - 1) / 2.0F;
  const float steps = std::clamp(difference, -1.0F, 1.0F) * middle;
  const float away = is_strong ? std::ceil(std::abs(steps)) : std::round(std::abs(steps));
  const auto shade = static_cast<std::size_t>(std::lround(middle + std::copysign(away, steps)));
  return static_cast<std::uint8_t>(difference_first + (is_strong ? difference_shades : 0) + shade);
}

}  // namespace firesweep
