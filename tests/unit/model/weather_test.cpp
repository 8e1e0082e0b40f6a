#include "firesweep/model/weather.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

constexpr Weather calm = {.wind_speed = 10, .humidity = 30, .temperature = 35, .wind_direction = 340};

}  // namespace

TEST_CASE("weather without changes is one period") {
  CHECK(weather_periods(calm, {}) == std::vector<WeatherPeriod>{{0, calm}});
}

TEST_CASE("what a change does not name stays as it was before, and not as it began") {
  const WeatherCourse course = {
      .changes = {{0, {.wind_speed = 60}}, {30, {.wind_direction = 225}}}, .change_step = 12, .end = {}};
  const std::vector<WeatherPeriod> periods = weather_periods(calm, course);
  REQUIRE(periods.size() == 3);
  CHECK(periods[1] ==
        WeatherPeriod{12, {.wind_speed = 60, .humidity = 30, .temperature = 35, .wind_direction = 340}});
  CHECK(periods[2] ==
        WeatherPeriod{42, {.wind_speed = 60, .humidity = 30, .temperature = 35, .wind_direction = 225}});
}

TEST_CASE("a later first change moves those after it") {
  WeatherCourse course = {
      .changes = {{0, {.humidity = 5}}, {8, {.humidity = 90}}}, .change_step = 1, .end = {}};
  course.change_step = 100;
  CHECK(weather_periods(calm, course)[2].first_step == 108);
}
