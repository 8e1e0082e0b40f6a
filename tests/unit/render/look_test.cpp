#include "look.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "catch.hpp"

namespace firesweep {
namespace {

double linear(std::uint8_t value) {
  const double v = value / 255.0;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

/// CIE relative luminance, what grey print shows.
double luminance(const Colour& colour) {
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

TEST_CASE("more probable is darker, in grey too") {
  const auto colours = map_colours();
  for (std::size_t i = map_first_shade + 1; i < colours.size(); ++i)
    CHECK(luminance(colours[i]) <= luminance(colours[i - 1]));
  CHECK(luminance(colours[map_first_shade]) > 0.75);
  CHECK(luminance(colours.back()) < 0.05);
}

TEST_CASE("on relief more probable is darker in the same light, and shadow is darker than light") {
  const auto colours = relief_map_colours();
  const auto luminance_at = [&](std::size_t shade, std::size_t level) {
    return luminance(colours[relief_map_first + shade * relief_levels + level]);
  };
  for (std::size_t shade = 0; shade < relief_map_shades; ++shade) {
    for (std::size_t level = 1; level < relief_levels; ++level)
      CHECK(luminance_at(shade, level) > luminance_at(shade, level - 1));
    if (shade > 0) CHECK(luminance_at(shade, level_ground) < luminance_at(shade - 1, level_ground));
  }
}

TEST_CASE("on relief shades are of equal parts of the probabilities, and 0 and not knowing apart") {
  CHECK(relief_shade_of(0.0F, 0) == relief_map_first);
  CHECK(relief_shade_of(1e-9F, 2) == relief_map_first + relief_levels + 2);
  CHECK(relief_shade_of(0.5F, 0) == relief_map_first + (1 + (relief_map_shades - 1) / 2) * relief_levels);
  CHECK(relief_shade_of(1.0F, relief_levels - 1) == relief_map_first + relief_map_shades * relief_levels - 1);
  CHECK(relief_shade_of(std::numeric_limits<float>::quiet_NaN(), 3) == map_unknown);
}

TEST_CASE("kinds of ground can be told apart in any light, and in grey on level ground") {
  const auto colours = ground_colours();
  std::vector<double> lightness;
  for (const GroundKind kind :
       {GroundKind::bare, GroundKind::vegetation, GroundKind::burning, GroundKind::burnt})
    lightness.push_back(luminance(colours[ground_colour(kind, level_ground)]));
  std::ranges::sort(lightness);
  for (std::size_t i = 1; i < lightness.size(); ++i) CHECK(lightness[i] > 1.4 * lightness[i - 1]);
  CHECK(ground_colour(GroundKind::burning, 0) == ground_colour(GroundKind::burning, 7));
  CHECK(colours.size() == ground_inks.back() + 1U);
}

TEST_CASE("nothing burns on white, and not knowing is another colour than any probability") {
  CHECK(shade_of(0.0F) == map_paper);
  CHECK(shade_of(std::numeric_limits<float>::quiet_NaN()) == map_unknown);
  CHECK(shade_of(1e-9F) == map_first_shade);
  CHECK(shade_of(1.0F) == 255);
  CHECK(shade_of(0.5F) == map_first_shade + map_shades / 2);
}

TEST_CASE("what agrees and what does not can be told apart in grey") {
  std::vector<double> lightness;
  for (std::size_t kind = agreement_hit; kind <= agreement_unknown; ++kind)
    lightness.push_back(luminance(agreement_colours[kind]));
  std::ranges::sort(lightness);
  for (std::size_t i = 1; i < lightness.size(); ++i) CHECK(lightness[i] > 1.4 * lightness[i - 1]);
}

TEST_CASE("no shade is white or the grey of what is not known") {
  const auto colours = map_colours();
  for (std::size_t i = map_first_shade; i < colours.size(); ++i) {
    const auto [red, green, blue] = colours[i];
    CHECK_FALSE((red == green && green == blue));
    CHECK(blue < 235);
  }
}

}  // namespace
}  // namespace firesweep
