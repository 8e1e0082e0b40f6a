#include "firesweep/statistics/escape.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/interval.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {
constexpr double not_ok = std::numeric_limits<double>::quiet_NaN();
}

TEST_CASE("the size given escape is the mean of those over the border, with their own t interval") {
  const std::vector<double> values = {0.001, 0.7, not_ok, 0.1, 0.6, 0.0, 0.8, not_ok};
  const Escape escape = escape_above(values, 0.1, 0.95);
  CHECK(escape.border == 0.1);
  CHECK(escape.count == 6);
  CHECK(escape.probability == 0.5);
  CHECK(escape.probability_interval.lower == wilson_interval(3, 6, 0.95).lower);
  CHECK(escape.probability_interval.upper == wilson_interval(3, 6, 0.95).upper);
  CHECK(escape.size.count == 3);
  CHECK(escape.size.mean == Approx(0.7).epsilon(1e-14));
  // Standard deviation 0.1, t(2) at 95 % two-sided is 4.302653.
  CHECK(escape.size_interval.lower == Approx(0.7 - 4.302653 * 0.1 / std::sqrt(3.0)).epsilon(1e-6));
  CHECK(escape.size_interval.upper == Approx(0.7 + 4.302653 * 0.1 / std::sqrt(3.0)).epsilon(1e-6));
}

TEST_CASE("escape divides the mean: probability times size, and the rest") {
  const std::vector<double> values = {0.25, 0.5, 0.75, 0.125, 0.0};
  const Escape escape = escape_above(values, 0.3, 0.95);
  const double rest = (0.25 + 0.125 + 0.0) / 3.0;
  CHECK(escape.probability * escape.size.mean + (1.0 - escape.probability) * rest ==
        Approx(mean_of(values).mean).epsilon(1e-14));
}

TEST_CASE("where nothing escapes, the probability has an interval and the size has none") {
  const Escape escape = escape_above(std::vector{0.0, 0.1, 0.2}, 0.2, 0.95);
  CHECK(escape.probability == 0.0);
  CHECK(escape.probability_interval.lower == 0.0);
  CHECK(escape.probability_interval.upper > 0.5);
  CHECK(escape.size.count == 0);
  CHECK(std::isnan(escape.size.mean));
  CHECK(std::isnan(escape.size_interval.lower));
}

TEST_CASE("no runs have no probability of escape") {
  const Escape escape = escape_above(std::vector{not_ok, not_ok}, 0.1, 0.95);
  CHECK(escape.count == 0);
  CHECK(std::isnan(escape.probability));
  CHECK(std::isnan(escape.probability_interval.lower));
}

TEST_CASE("a confidence outside (0, 1) breaks the contract of escape") {
  CHECK_THROWS_AS(escape_above(std::vector{0.5}, 0.1, 1.0), BrokenContract);
}
