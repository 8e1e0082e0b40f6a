#include "look.hpp"

#include <algorithm>
#include <cmath>

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
    const Colour& one = inferno[place];
    const Colour& other = inferno[place + 1];
    colours[map_first_shade + shade] = {mixed(one.red, other.red, rest), mixed(one.green, other.green, rest),
                                        mixed(one.blue, other.blue, rest)};
  }
  return colours;
}

std::uint8_t shade_of(float probability) {
  if (std::isnan(probability)) return map_unknown;
  if (probability <= 0.0F) return map_paper;
  const auto shade = static_cast<std::size_t>(probability * static_cast<float>(map_shades));
  return static_cast<std::uint8_t>(map_first_shade + std::min(shade, map_shades - 1));
}

}  // namespace firesweep
