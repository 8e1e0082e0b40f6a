#include "firesweep/model/forest_fire_danger.hpp"

#include "firesweep/check/contract.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

double danger(double temperature, double humidity, double wind, double drought_factor) {
  return forest_fire_danger_index({.wind_speed = wind, .humidity = humidity, .temperature = temperature},
                                  drought_factor);
}

}  // namespace

TEST_CASE("the forest fire danger index is that of McArthur's Mark 5 meter") {
  CHECK(danger(20, 60, 10, 5) == Approx(1.9575).margin(5e-5));
  CHECK(danger(30, 30, 30, 9) == Approx(22.0389).margin(5e-5));
  CHECK(danger(40, 10, 50, 10) == Approx(109.1583).margin(5e-5));
}

TEST_CASE("a drought factor is from 0, of no danger, to 10") {
  CHECK(danger(40, 10, 50, 0) == 0);
  CHECK_THROWS_AS(danger(30, 30, 30, -1), BrokenContract);
  CHECK_THROWS_AS(danger(30, 30, 30, 10.5), BrokenContract);
}
