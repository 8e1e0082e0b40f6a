#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "canvas.hpp"

namespace firesweep {

/// What stands at the foot of a map that lies on the ground.
struct Marginalia {
  double metres_per_pixel = 1.0;  ///< from west to east
  double north = 0.0;             ///< where true north lies [degrees clockwise from up]
  std::optional<double> wind_to =
      std::nullopt;  ///< where the wind drives fires [likewise]; absent: it turns none
};

/// How high they are, letters having dots of so many pixels.
constexpr std::size_t marginalia_height(std::size_t dot) {
  return 4 * Canvas::font_side * dot;
}

/// The longest length of 1, 2 or 5 times a power of ten that is no longer than `most` > 0.
double round_length(double most);

/// Draws from (x, y) to the right a scale bar of a round length, of at most a quarter of `map_width` [pixels], an arrow
/// of true north and one of the wind; what does not fit is left out. `inks` go from the faintest to ink: edges are soft
/// if there are several.
void draw_marginalia(Canvas& picture, std::size_t x, std::size_t y, std::size_t map_width, std::size_t dot,
                     const Marginalia& marginalia, std::span<const std::uint8_t> inks);

}  // namespace firesweep
