#include "map_palette.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace firesweep {
namespace {

struct Oklab {
  double lightness;
  double a;
  double b;
};

/// The path of the shades, t from 0 to 1: hue turns from 95 degrees (yellow) to -45 (purple), and chroma is
/// largest in between, but never more than a screen can show at that lightness.
Oklab path(double t) {
  const double hue = (95.0 - 140.0 * t) * std::numbers::pi / 180.0;
  const double chroma = 0.06 + 0.11 * std::sin(std::numbers::pi * t);
  return {0.95 - 0.70 * t, chroma * std::cos(hue), chroma * std::sin(hue)};
}

double distance(const Oklab& one, const Oklab& other) {
  return std::hypot(one.lightness - other.lightness, one.a - other.a, one.b - other.b);
}

std::uint8_t encoded(double linear) {
  const double light = std::clamp(linear, 0.0, 1.0);
  const double value = light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1.0 / 2.4) - 0.055;
  return static_cast<std::uint8_t>(std::lround(255.0 * value));
}

Colour colour_of(const Oklab& lab) {
  const double l = std::pow(lab.lightness + 0.3963377774 * lab.a + 0.2158037573 * lab.b, 3);
  const double m = std::pow(lab.lightness - 0.1055613458 * lab.a - 0.0638541728 * lab.b, 3);
  const double s = std::pow(lab.lightness - 0.0894841775 * lab.a - 1.2914855480 * lab.b, 3);
  return {encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
          encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
          encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

}  // namespace

std::uint8_t shade_of(float probability) {
  if (std::isnan(probability)) return palette::unknown;
  if (probability <= 0.0F) return palette::paper;
  const auto shade = static_cast<std::size_t>(probability * static_cast<float>(palette::shades));
  return static_cast<std::uint8_t>(palette::first_shade + std::min(shade, palette::shades - 1));
}

std::array<Colour, 256> make_palette() {
  std::array<Colour, 256> colours{};
  colours[palette::paper] = {255, 255, 255};
  colours[palette::ink] = {40, 40, 40};
  colours[palette::unknown] = {160, 160, 160};

  constexpr std::size_t steps = 4096;
  std::vector<double> way(steps + 1, 0.0);
  for (std::size_t i = 1; i <= steps; ++i)
    way[i] =
        way[i - 1] + distance(path(static_cast<double>(i - 1) / steps), path(static_cast<double>(i) / steps));
  for (std::size_t shade = 0; shade < palette::shades; ++shade) {
    const double at = way.back() * static_cast<double>(shade) / static_cast<double>(palette::shades - 1);
    const auto i = std::ranges::lower_bound(way, at) - way.begin();
    colours[palette::first_shade + shade] = colour_of(path(static_cast<double>(i) / steps));
  }
  return colours;
}

}  // namespace firesweep
