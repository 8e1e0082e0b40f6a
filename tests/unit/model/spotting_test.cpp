#include "firesweep/model/spotting.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "catch.hpp"

using namespace firesweep;

namespace {

constexpr std::uint32_t draws = 20'000;
const double pi = std::acos(-1.0);

// An even sample, so that nothing here is by chance.
std::uint32_t draw(std::uint32_t i) {
  return static_cast<std::uint32_t>((i + 0.5) / draws * 4294967296.0);
}

// The largest distance between a sample and a distribution.
template <class Distribution>
double distance_from(std::vector<double> sample, const Distribution& distribution) {
  std::sort(sample.begin(), sample.end());
  double distance = 0;
  for (std::size_t i = 0; i < sample.size(); ++i)
    distance =
        std::max(distance, std::abs((static_cast<double>(i) + 0.5) / static_cast<double>(sample.size()) -
                                    distribution(sample[i])));
  return distance;
}

double normal(double z) {
  return std::erfc(-z / std::sqrt(2.0)) / 2;
}

double degrees_of(EmberFlight::Way way, CellSize size) {
  return std::atan2(way.x * size.width, -way.y * size.height) * 180 / pi;
}

}  // namespace

TEST_CASE("embers fly lognormal distances, in metres whatever the cells") {
  const CellSize size{25, 40};
  const EmberFlight flight({.rate = 1, .distance = 300, .sigma = 0.6, .angle = 15},
                           {.wind_speed = 30, .wind_direction = 235}, size, 0);
  std::vector<double> distances;
  for (std::uint32_t i = 0; i < draws; ++i) {
    const EmberFlight::Way way = flight.way(draw(i), 0x3000'0000);
    distances.push_back(std::hypot(way.x * size.width, way.y * size.height));
  }
  CHECK(distance_from(distances, [](double d) { return normal(std::log(d / 300) / 0.6); }) < 1e-6);
}

TEST_CASE("embers fly to where the wind blows to, normally spread, true north taken into account") {
  const CellSize size{30, 30};
  const EmberFlight flight({.rate = 1, .distance = 300, .angle = 15},
                           {.wind_speed = 30, .wind_direction = 235}, size, 4);
  std::vector<double> directions;
  for (std::uint32_t i = 0; i < draws; ++i)
    directions.push_back(degrees_of(flight.way(0x8000'0000, draw(i)), size));
  CHECK(distance_from(directions, [](double degrees) { return normal((degrees - 55 - 4) / 15); }) < 1e-6);
}

TEST_CASE("in still air embers fly anywhere") {
  const EmberFlight flight({.rate = 1, .distance = 10, .angle = 15}, {.wind_direction = 90}, {1, 1}, 0);
  std::vector<double> directions;
  for (std::uint32_t i = 0; i < draws; ++i)
    directions.push_back(degrees_of(flight.way(0x8000'0000, draw(i)), {1, 1}));
  CHECK(distance_from(directions, [](double degrees) { return (degrees + 180) / 360; }) < 1e-6);
}
