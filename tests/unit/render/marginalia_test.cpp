#include "marginalia.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "../catch.hpp"

namespace firesweep {
namespace {

constexpr std::uint8_t paper = 0;
constexpr std::array<std::uint8_t, 3> inks = {2, 3, 1};

Canvas drawn(const Marginalia& marginalia, std::size_t width = 600, std::size_t map_width = 400) {
  Canvas picture(width, marginalia_height(1), paper, inks.back());
  draw_marginalia(picture, 0, 0, map_width, 1, marginalia, inks);
  return picture;
}

/// The length of the first line of ink [pixels], the edge of the scale bar.
std::size_t bar_of(const Canvas& picture) {
  const auto pixels = picture.pixels();
  for (std::size_t row = 0; row < picture.height(); ++row) {
    std::size_t length = 0;
    while (pixels[row * picture.width() + length] == inks.back()) ++length;
    if (length > 0) return length;
  }
  return 0;
}

TEST_CASE("A scale bar has a round length of at most a quarter of the map") {
  CHECK(round_length(1.0) == 1.0);
  CHECK(round_length(1.99) == 1.0);
  CHECK(round_length(4999.0) == 2000.0);
  CHECK(round_length(9.0) == 5.0);
  CHECK(round_length(0.3) == Approx(0.2));
  CHECK(bar_of(drawn({.metres_per_pixel = 12.5})) == 80);    // 1 km of 1.25
  CHECK(bar_of(drawn({.metres_per_pixel = 100.0})) == 100);  // 10 km
}

TEST_CASE("Marginalia have soft edges and none of the paper but what they draw") {
  const Canvas picture = drawn({.north = 10.0, .wind_to = 135.0});
  for (const std::uint8_t ink : inks) CHECK(std::ranges::count(picture.pixels(), ink) > 0);
  CHECK(std::ranges::count(picture.pixels(), paper) >
        3 * static_cast<std::ptrdiff_t>(picture.pixels().size()) / 4);
}

TEST_CASE("An arrow points where it is told to") {
  const auto pixels_of = [](double north) {
    const Canvas picture = drawn({.metres_per_pixel = 1.0, .north = north});
    return std::vector<std::uint8_t>(picture.pixels().begin(), picture.pixels().end());
  };
  CHECK(pixels_of(0.0) == pixels_of(360.0));
  CHECK(pixels_of(0.0) != pixels_of(10.0));
  CHECK(pixels_of(90.0) != pixels_of(-90.0));
}

TEST_CASE("Without a wind that turns fires there is no arrow of it, and what has no room is left out") {
  const auto inked = [](const Canvas& picture) {
    return static_cast<std::ptrdiff_t>(picture.pixels().size()) - std::ranges::count(picture.pixels(), paper);
  };
  CHECK(inked(drawn({.north = 0.0, .wind_to = 0.0})) > inked(drawn({.north = 0.0})));
  CHECK(inked(drawn({.wind_to = 0.0}, 5, 4)) == 0);
}

}  // namespace
}  // namespace firesweep
