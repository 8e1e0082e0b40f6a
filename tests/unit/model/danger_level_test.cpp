#include "firesweep/model/danger_level.hpp"

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("the seven danger levels have each their weather") {
  CHECK(weather_of(DangerLevel::low) == Weather{15, 65, 25, 0});
  CHECK(weather_of(DangerLevel::moderate) == Weather{20, 50, 30, 0});
  CHECK(weather_of(DangerLevel::high) == Weather{30, 35, 35, 0});
  CHECK(weather_of(DangerLevel::very_high) == Weather{40, 25, 40, 0});
  CHECK(weather_of(DangerLevel::severe) == Weather{50, 15, 45, 0});
  CHECK(weather_of(DangerLevel::extreme) == Weather{65, 8, 48, 0});
  CHECK(weather_of(DangerLevel::catastrophic) == Weather{80, 5, 50, 0});
}

TEST_CASE("a danger level is found by its name and by no other") {
  for (const DangerLevel level : all_danger_levels) CHECK(danger_level(name(level)) == level);
  CHECK(name(DangerLevel::very_high) == "very_high");
  CHECK_FALSE(danger_level("Extreme").has_value());
  CHECK_FALSE(danger_level("").has_value());
}
