#include "firesweep/model/spread_directions.hpp"

#include <cmath>
#include <numeric>

#include "catch.hpp"

using namespace firesweep;

namespace {

enum Side : std::size_t { north_west, north, north_east, west, east, south_west, south, south_east };

constexpr CellSize square{30, 30};

ByNeighbour wind_from(double direction, double convergence = 0, CellSize size = square,
                      Form form = Form::firesweep) {
  return wind_factors({.wind_speed = 50, .wind_direction = direction},
                      {.wind_directionality = 0.036, .form = form}, size, convergence);
}

double sum(const ByNeighbour& factors) {
  return std::accumulate(factors.begin(), factors.end(), 0.0);
}

}  // namespace

TEST_CASE("a wind from the north drives fire from a northern neighbour, by the odds of the formula") {
  const ByNeighbour factors = wind_from(0);
  CHECK(factors[north] / factors[south] == Approx(std::exp(2 * 0.036 * 50)));
  CHECK(factors[west] == factors[east]);
  CHECK(factors[north_west] == factors[north_east]);
  CHECK(factors[north_west] / factors[north] == Approx(std::exp(0.036 * 50 * (std::sqrt(0.5) - 1))));
  CHECK(sum(factors) == Approx(8));
}

TEST_CASE("directions count clockwise, and true north lies clockwise of the grid's by the convergence") {
  CHECK(wind_from(90)[east] > wind_from(90)[west]);
  CHECK(wind_from(270)[west] > wind_from(270)[east]);
  CHECK(wind_from(45)[north_east] / wind_from(45)[south_west] == Approx(std::exp(2 * 0.036 * 50)));
  for (std::size_t i = 0; i < 8; ++i) CHECK(wind_from(340, 5.92)[i] == Approx(wind_from(345.92)[i]));
}

TEST_CASE("where the wind has no direction nothing changes, to the bit") {
  for (const double direction : {0.0, 33.3, 359.0}) {
    CHECK(wind_factors({.wind_speed = 50, .wind_direction = direction}, {}, square, 3) ==
          ByNeighbour{1, 1, 1, 1, 1, 1, 1, 1});
    CHECK(wind_factors({.wind_direction = direction}, {.wind_directionality = 0.036}, square, 3) ==
          ByNeighbour{1, 1, 1, 1, 1, 1, 1, 1});
  }
  CHECK(slope_factors({0, 0}, 0.069, square) == ByNeighbour{1, 1, 1, 1, 1, 1, 1, 1});
}

TEST_CASE("the published wind is not scaled to a mean of one") {
  const ByNeighbour published = wind_from(0, 0, square, Form::alexandridis);
  CHECK(published[north] == 1);
  CHECK(published[south] == Approx(std::exp(-2 * 0.036 * 50)));
}

TEST_CASE("fire runs uphill, twice as fast every 10 degrees, up to 45") {
  const double rise = std::tan(20 * std::acos(-1.0) / 180);
  const ByNeighbour factors = slope_factors({rise, 0}, 0.069, square);  // higher in the east
  CHECK(factors[west] == Approx(std::exp(0.069 * 20)));
  CHECK(factors[east] == Approx(std::exp(-0.069 * 20)));
  CHECK(factors[north] == 1);
  CHECK(factors[south_west] ==
        Approx(std::exp(0.069 * std::atan(rise * std::sqrt(0.5)) * 180 / std::acos(-1.0))));
  CHECK(slope_factors({0, 1000}, 0.069, square)[north] == Approx(std::exp(0.069 * 45)));
  CHECK(slope_factors({0, 1000}, 0.069, square)[south] == Approx(std::exp(-0.069 * 45)));
}

TEST_CASE("directions are those of cells that are not square") {
  const ByNeighbour factors = wind_from(0, 0, {30, 60});
  CHECK(factors[north_west] / factors[north] == Approx(std::exp(0.036 * 50 * (2 / std::sqrt(5.0) - 1))));
}
