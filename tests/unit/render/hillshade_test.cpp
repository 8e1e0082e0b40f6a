#include "hillshade.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "../catch.hpp"

namespace firesweep {
namespace {

constexpr Extent five_by_four{5, 4};
constexpr CellSize wide_cell{25.0, 50.0};
constexpr float unknown_height = std::numeric_limits<float>::quiet_NaN();

/// Ground that rises so much for each metre to the east and to the south.
std::vector<float> plane_of(double to_east, double to_south) {
  std::vector<float> elevation;
  for (std::uint32_t y = 0; y < five_by_four.height; ++y)
    for (std::uint32_t x = 0; x < five_by_four.width; ++x)
      elevation.push_back(
          static_cast<float>(300.0 + to_east * wide_cell.width * x + to_south * wide_cell.height * y));
  return elevation;
}

/// The light of a plane, which every one of its cells has.
double light_of(double to_east, double to_south, double exaggeration = 1.0) {
  const std::vector<float> light =
      hillshade(five_by_four, plane_of(to_east, to_south), wide_cell, exaggeration);
  const auto [least, most] = std::ranges::minmax(light);
  CHECK(static_cast<double>(most - least) < 1e-5);
  return static_cast<double>(light.front());
}

TEST_CASE("Level ground has the light of a sun 45 degrees high") {
  CHECK(light_of(0.0, 0.0) == Approx(std::sqrt(0.5)));
}

TEST_CASE("Every cell of a plane is as light, at edges and corners too, by the angle to the sun") {
  const double face = std::sqrt(0.5);          // rises by 1 towards the south-east, and faces the sun
  CHECK(light_of(face, face) == Approx(1.0));  // upright to its rays
  CHECK(light_of(-face, -face) == Approx(0.0).margin(1e-6));  // along them
  CHECK(light_of(-2.0, -2.0) == 0.0);                         // in its own shadow
  CHECK(light_of(1.0, 0.0) == Approx((std::sqrt(0.5) + 0.5) / std::sqrt(2.0)));
  CHECK(light_of(0.0, 1.0) == Approx((std::sqrt(0.5) + 0.5) / std::sqrt(2.0)));
  CHECK(light_of(0.5, -0.5) == Approx(std::sqrt(0.5) / std::sqrt(1.5)));  // the sun shines along its contours
}

TEST_CASE("Exaggerated ground is as light as ground so much steeper") {
  CHECK(light_of(0.1, 0.2, 2.0) == Approx(light_of(0.2, 0.4)));
}

TEST_CASE("Cells without elevation have no light, and take none from their neighbours") {
  std::vector<float> elevation = plane_of(0.3, -0.1);
  elevation[five_by_four.index({2, 1})] = unknown_height;
  elevation[five_by_four.index({0, 0})] = unknown_height;
  const std::vector<float> light = hillshade(five_by_four, elevation, wide_cell);
  CHECK(std::ranges::count_if(light, [](float one) { return std::isnan(one); }) == 2);
  for (const float one : light)
    if (!std::isnan(one)) CHECK(static_cast<double>(one) == Approx(light_of(0.3, -0.1)));
}

TEST_CASE("A cell alone, or a row of them, has the light of what is known of it") {
  CHECK(hillshade({1, 1}, std::vector<float>{7.0F}, wide_cell) == std::vector<float>{std::sqrt(0.5F)});
  const std::vector<float> row = hillshade({3, 1}, std::vector<float>{0.0F, 25.0F, 50.0F}, wide_cell);
  for (const float one : row)
    CHECK(static_cast<double>(one) == Approx((std::sqrt(0.5) + 0.5) / std::sqrt(2.0)));
}

TEST_CASE("Levels of light go from shadow to full sun, with level ground between") {
  CHECK(relief_level(0.0F) == 0);
  CHECK(relief_level(std::sqrt(0.5F)) == level_ground);
  CHECK(relief_level(unknown_height) == level_ground);
  CHECK(relief_level(1.0F) == relief_levels - 1);
  for (int i = 0; i < 100; ++i)
    CHECK(relief_level(static_cast<float>(i) / 100.0F) <= relief_level(static_cast<float>(i + 1) / 100.0F));
}

TEST_CASE("Without elevation there is no relief") {
  CHECK(relief_of(five_by_four, {}, wide_cell).empty());
  CHECK(relief_of(five_by_four, plane_of(0.0, 0.0), wide_cell) ==
        std::vector<std::uint8_t>(five_by_four.cells(), level_ground));
}

}  // namespace
}  // namespace firesweep
