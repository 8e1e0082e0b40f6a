#include "firesweep/model/rating.hpp"

#include <string_view>
#include <vector>

#include "firesweep/model/danger_level.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

Rating rated(double temperature, double humidity, double wind) {
  return rate({.wind_speed = wind, .humidity = humidity, .temperature = temperature});
}

}  // namespace

TEST_CASE("weather is rated by the first row whose three thresholds it passes") {
  CHECK(rated(41, 14, 61) == Rating::catastrophic);
  CHECK(rated(36, 19, 41) == Rating::extreme);
  CHECK(rated(31, 24, 31) == Rating::severe);
  CHECK(rated(26, 39, 21) == Rating::high);
  CHECK(rated(20, 60, 10) == Rating::moderate);
}

TEST_CASE("every threshold is strict") {
  CHECK(rated(40, 14, 61) == Rating::extreme);
  CHECK(rated(41, 15, 61) == Rating::extreme);
  CHECK(rated(41, 14, 60) == Rating::extreme);
  CHECK(rated(35, 19, 41) == Rating::severe);
  CHECK(rated(31, 25, 31) == Rating::high);
  CHECK(rated(26, 39, 20) == Rating::moderate);
  CHECK(rated(25, 39, 21) == Rating::moderate);
  CHECK(rated(26, 40, 21) == Rating::moderate);
}

TEST_CASE("dangerous is hot and dry, whatever the wind") {
  CHECK(is_dangerous({.wind_speed = 0, .humidity = 29.9, .temperature = 35.1}));
  CHECK_FALSE(is_dangerous({.wind_speed = 90, .humidity = 30, .temperature = 40}));
  CHECK_FALSE(is_dangerous({.wind_speed = 90, .humidity = 10, .temperature = 35}));
}

TEST_CASE("the design weather of a level may be rated with another name, as the two scales are different") {
  std::vector<std::string_view> ratings;
  for (const DangerLevel level : all_danger_levels) ratings.push_back(name(rate(weather_of(level))));
  CHECK(ratings == std::vector<std::string_view>{"moderate", "moderate", "high", "high", "extreme",
                                                 "catastrophic", "catastrophic"});
}
