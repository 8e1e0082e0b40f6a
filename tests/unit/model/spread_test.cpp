#include "firesweep/model/spread.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "firesweep/model/danger_level.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

SpreadProbability p_of(DangerLevel level) {
  return spread_probability(weather_of(level), SpreadParameters{});
}

}  // namespace

TEST_CASE("p(1) of every level is that of the formula, worked by hand") {
  // 0.35 (1 + W/120) (1.15 - H/100) (0.85 + T/120) 0.45
  const std::array<double, 7> by_hand = {0.35 * 1.125 * 0.5 * (0.85 + 25.0 / 120) * 0.45,     // low
                                         0.35 * (7.0 / 6) * 0.65 * 1.1 * 0.45,                // moderate
                                         0.35 * 1.25 * 0.8 * (0.85 + 35.0 / 120) * 0.45,      // high
                                         0.35 * (4.0 / 3) * 0.9 * (0.85 + 1.0 / 3) * 0.45,    // very_high
                                         0.35 * (17.0 / 12) * 1.0 * 1.225 * 0.45,             // severe
                                         0.35 * (1 + 65.0 / 120) * 1.07 * 1.25 * 0.45,        // extreme
                                         0.35 * (5.0 / 3) * 1.1 * (0.85 + 5.0 / 12) * 0.45};  // catastrophic
  for (const DangerLevel level : all_danger_levels)
    CHECK(p_of(level)[1] == Approx(by_hand[static_cast<std::size_t>(level)]).epsilon(1e-14));
  CHECK(p_of(DangerLevel::high)[1] == Approx(0.179812).margin(5e-7));
}

TEST_CASE("p(n) grows in proportion to n up to the cap") {
  for (const DangerLevel level : all_danger_levels) {
    const SpreadProbability p = p_of(level);
    const double cap = level == DangerLevel::catastrophic ? 0.7 : 0.6;
    CHECK(p[0] == 0.0);
    for (std::size_t n = 1; n <= 8; ++n)
      CHECK(p[n] == Approx(std::min(static_cast<double>(n) * p[1], cap)).epsilon(1e-14));
  }
}

TEST_CASE("the higher cap holds only above 65 km/h, so not for extreme") {
  CHECK(p_of(DangerLevel::extreme)[8] == 0.6);
  CHECK(p_of(DangerLevel::catastrophic)[2] == 0.7);
  Weather weather = weather_of(DangerLevel::extreme);
  weather.wind_speed = 65.0001;
  CHECK(spread_probability(weather, {})[8] == 0.7);
}

TEST_CASE("independent neighbours combine as 1 - (1 - q)^n") {
  SpreadParameters parameters;
  parameters.combination = Combination::independent;
  parameters.max_probability = 1.0;
  const Weather weather = weather_of(DangerLevel::high);
  const double q = spread_probability(weather, {})[1];
  const SpreadProbability p = spread_probability(weather, parameters);
  for (std::size_t n = 0; n <= 8; ++n)
    CHECK(p[n] == Approx(1.0 - std::pow(1.0 - q, static_cast<double>(n))).margin(1e-14));
  parameters.max_probability = 0.5;
  CHECK(spread_probability(weather, parameters)[8] == 0.5);
}

TEST_CASE("every constant of the formula has its effect") {
  const Weather weather{.wind_speed = 70, .humidity = 20, .temperature = 30};
  SpreadParameters parameters{.base_rate = 0.5,
                              .neighbour_weight = 0.25,
                              .wind_scale = 100,
                              .humidity_offset = 1.2,
                              .temperature_offset = 0.5,
                              .temperature_scale = 60,
                              .max_probability = 0.3,
                              .max_probability_high_wind = 0.9,
                              .high_wind = 70};
  const double p1 = 0.5 * 1.7 * 1.0 * 1.0 * 0.25;
  CHECK(spread_probability(weather, parameters)[1] == Approx(p1).epsilon(1e-14));
  CHECK(spread_probability(weather, parameters)[8] == 0.3);
  parameters.high_wind = 69;
  CHECK(spread_probability(weather, parameters)[8] == 0.9);
}

TEST_CASE("p(n) stays in [0, 1] whatever the parameters") {
  const Weather soaked{.wind_speed = 50, .humidity = 100, .temperature = 20};
  CHECK(spread_probability(soaked, {.humidity_offset = 0.5})[8] == 0.0);  // a negative factor
  const SpreadParameters wild{.base_rate = 1000, .max_probability = 1};
  for (std::size_t n = 1; n <= 8; ++n)
    CHECK(spread_probability(weather_of(DangerLevel::severe), wild)[n] == 1.0);
  SpreadParameters wild_independent = wild;
  wild_independent.combination = Combination::independent;
  for (std::size_t n = 1; n <= 8; ++n)
    CHECK(spread_probability(weather_of(DangerLevel::severe), wild_independent)[n] == 1.0);
}
