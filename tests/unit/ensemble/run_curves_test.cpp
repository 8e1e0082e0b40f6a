#include "firesweep/ensemble/run_curves.hpp"

#include <vector>

#include "firesweep/check/contract.hpp"

#include "catch.hpp"

using namespace firesweep;

using Curve = std::vector<std::uint32_t>;

TEST_CASE("curves come in any order and are found by seed") {
  RunCurves curves(4);
  curves.set(2, Curve{1, 5, 0});
  curves.set(0, Curve{7});
  CHECK(std::vector(curves[2].begin(), curves[2].end()) == Curve{1, 5, 0});
  CHECK(std::vector(curves[0].begin(), curves[0].end()) == Curve{7});
  CHECK(curves[1].empty());
  CHECK(curves[100].empty());
  CHECK_THROWS_AS(curves.set(2, Curve{1}), BrokenContract);
  CHECK_THROWS_AS(curves.set(4, Curve{1}), BrokenContract);
  CHECK_THROWS_AS(curves.set(1, Curve{}), BrokenContract);
}

TEST_CASE("bands are quantiles of the runs at each step, of those that have ended as well") {
  RunCurves curves(4);
  curves.set(0, Curve{1, 4, 2, 0});
  curves.set(1, Curve{1, 0});
  curves.set(3, Curve{1, 2, 0});
  const CurveBands bands = curve_bands(curves, 10, std::vector{0.5, 1.0});
  REQUIRE(bands.steps == 4);
  CHECK(bands.burning_cells == std::vector<double>{1, 2, 0, 0, 1, 4, 2, 0});
  const std::vector<double> burnt = {0, .1, .3, .3, 0, .1, .5, .7};
  REQUIRE(bands.burnt_fraction.size() == burnt.size());
  for (std::size_t i = 0; i < burnt.size(); ++i) CHECK(bands.burnt_fraction[i] == Approx(burnt[i]));
}

TEST_CASE("bands of long runs are of one piece") {
  RunCurves curves(2);
  Curve longest(1000, 1);
  longest.back() = 0;
  curves.set(0, longest);
  curves.set(1, longest);
  const CurveBands bands = curve_bands(curves, 1000, std::vector{0.25, 0.5});
  REQUIRE(bands.steps == 1000);
  for (const std::size_t row : {0U, 1000U})
    for (std::size_t step = 0; step < 1000; ++step)
      CHECK(bands.burnt_fraction[row + step] == static_cast<double>(step) / 1000.0);
}

TEST_CASE("without a run bands have no steps") {
  const CurveBands bands = curve_bands(RunCurves(3), 10, std::vector{0.5});
  CHECK(bands.steps == 0);
  CHECK(bands.burning_cells.empty());
}

TEST_CASE("burnt cells that do not follow from the burning ones are kept beside them") {
  using Burnt = std::vector<std::uint64_t>;
  RunCurves curves(3);
  curves.set(2, Curve{1, 3, 3, 2, 0}, Burnt{0, 0, 1, 2, 4});
  curves.set(0, Curve{1, 1, 0}, Burnt{0, 0, 1});
  CHECK(std::vector(curves.burnt(2).begin(), curves.burnt(2).end()) == Burnt{0, 0, 1, 2, 4});
  CHECK(std::vector(curves.burnt(0).begin(), curves.burnt(0).end()) == Burnt{0, 0, 1});
  CHECK(curves.burnt(1).empty());
  CHECK_THROWS_AS(curves.set(1, Curve{1, 0}), BrokenContract);
  const CurveBands bands = curve_bands(curves, 4, std::vector{0.0, 1.0});
  CHECK(bands.burnt_fraction == std::vector<double>{0, 0, .25, .25, .25, 0, 0, .25, .5, 1});
}
