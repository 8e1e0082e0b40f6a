#pragma once

#include <array>
#include <cstdint>

namespace firesweep {

/// A colour as a screen has it (sRGB).
struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
};

/// The colours of a picture of probabilities, by their place in the palette.
namespace palette {
inline constexpr std::uint8_t paper = 0;  ///< white, also for a probability of 0
inline constexpr std::uint8_t ink = 1;
inline constexpr std::uint8_t unknown = 2;
inline constexpr std::uint8_t first_shade = 3;  ///< of the probabilities above 0, to the end
inline constexpr std::size_t shades = 253;
}  // namespace palette

/// The place of a probability's colour; that of `unknown` for NaN.
std::uint8_t shade_of(float probability);

/// All colours. From shade to shade the way in Oklab is the same, a path from light yellow through red to
/// dark purple on which lightness only falls.
///
/// Source: B. Ottosson, "A perceptual color space for image processing", 2020 (Oklab).
std::array<Colour, 256> make_palette();

}  // namespace firesweep
