#include "firesweep/statistics/band.hpp"

#include <cmath>
#include <vector>

#include "firesweep/check/contract.hpp"

#include "catch.hpp"
#include "values.hpp"

using namespace firesweep;

namespace {}

TEST_CASE("a band has the quantiles of each step, those of one quantile side by side") {
  const std::vector<double> curves = {1, 40, 0,  // run by run
                                      5, 10, 0,  //
                                      3, 30, 0,  //
                                      2, 20, 0,  //
                                      4, 50, 0};
  const std::vector<double> expected = {3, 30, 0, 1, 10, 0, 4.5, 45, 0};
  const std::vector<double> band = quantile_band(curves, 3, std::vector{0.5, 0.0, 0.875});
  REQUIRE(band.size() == expected.size());
  for (std::size_t i = 0; i < band.size(); ++i) CHECK(band[i] == Approx(expected[i]).epsilon(1e-14));
}

TEST_CASE("runs that are not ok are not in the band, and their order does not matter") {
  const std::vector<double> curves = {not_ok, not_ok, 7, 8, 1, 2, not_ok, not_ok, 4, not_ok};
  const std::vector<double> turned = {4, not_ok, 1, 2, 7, 8};
  const std::vector<double> band = quantile_band(curves, 2, std::vector{0.5});
  CHECK(band == quantile_band(turned, 2, std::vector{0.5}));
  CHECK(band == std::vector{4.0, 5.0});
}

TEST_CASE("no runs have a band of no numbers") {
  for (const double value : quantile_band({}, 2, std::vector{0.5, 0.9})) CHECK(std::isnan(value));
  CHECK(quantile_band({}, 2, std::vector{0.5, 0.9}).size() == 4);
}

TEST_CASE("curves that end within a step break the contract of a band") {
  CHECK_THROWS_AS(quantile_band(std::vector{1.0, 2.0, 3.0}, 2, std::vector{0.5}), BrokenContract);
  CHECK_THROWS_AS(quantile_band({}, 0, std::vector{0.5}), BrokenContract);
}
