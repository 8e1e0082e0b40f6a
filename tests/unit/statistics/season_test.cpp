#include "firesweep/statistics/season.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "firesweep/statistics/interval.hpp"

#include "catch.hpp"
#include "random_stream.hpp"
#include "values.hpp"

using namespace firesweep;

namespace {

// 0, 1/n, .., (n - 1)/n in an order that is neither ascending nor descending.
std::vector<double> spread_out(std::size_t n) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i)
    values.push_back(static_cast<double>(i * 7 % n) / static_cast<double>(n));
  return values;
}

SeasonEstimate year_of(const std::vector<SeasonPart>& parts, const std::vector<double>& thresholds,
                       const std::vector<double>& periods = {}) {
  return season_estimate(parts, thresholds, periods, 0.95, RandomStream(1));
}

}  // namespace

TEST_CASE("with one weather and one fire a year, the return period of a size is 1 / exceedance") {
  const std::vector<double> values = spread_out(100);
  const SeasonEstimate year = year_of({{1.0, values}}, {0.0, 0.5, 0.94, 0.99});
  CHECK(year.fires == 1.0);
  CHECK(year.expected == Approx(0.495));
  CHECK(year.exceedance[0].rate == Approx(0.99));
  CHECK(year.exceedance[1].return_period == Approx(1 / 0.49));
  CHECK(year.exceedance[2].return_period == Approx(20));
  CHECK(year.exceedance[3].return_period == std::numeric_limits<double>::infinity());
  const Interval wilson = wilson_interval(49, 100, 0.95);
  CHECK(year.exceedance[1].rate_ci.lower == Approx(wilson.lower));
  CHECK(year.exceedance[1].rate_ci.upper == Approx(wilson.upper));
  CHECK(year.exceedance[1].return_period_ci.lower == Approx(1 / wilson.upper));
  CHECK(year.exceedance[1].chance == Approx(1 - std::exp(-0.49)));
}

TEST_CASE("the size of T years is exceeded by just one fire in T years") {
  const std::vector<double> values = spread_out(1000);
  const SeasonEstimate year = year_of({{0.5, values}}, {}, {1, 4, 20, 100, 2000});
  CHECK(year.size[0].size == 0.0);  // there is no fire each year
  CHECK(year.size[1].size == Approx(0.499));
  CHECK(year.size[1].size_ci.lower < 0.499);
  CHECK(year.size[1].size_ci.upper > 0.499);
  CHECK(year.size[2].size == Approx(0.899));
  CHECK(year.size[3].size == Approx(0.979));
  CHECK(year.size[3].runs_beyond == 20);
  CHECK(std::isnan(year.size[4].size));  // one run is beyond it
  CHECK(year.size[4].runs_beyond == 1);
}

TEST_CASE("parts add up by their rates, and those without fires are of no matter") {
  const std::vector<double> small(50, 0.1);
  const std::vector<double> large(50, 0.8);
  const std::vector<double> unknown(50, not_ok);
  const SeasonEstimate year = year_of({{3.0, small}, {0.25, large}, {0.0, unknown}}, {0.05, 0.5});
  CHECK(year.seeds == 50);
  CHECK(year.fires == 3.25);
  CHECK(year.expected == Approx(0.5));
  CHECK(year.exceedance[0].rate == Approx(3.25));
  CHECK(year.exceedance[1].rate == Approx(0.25));
  CHECK(year.exceedance[1].rate_ci.upper > 0.25);  // three of four fires are small, as far as 50 seeds know
  CHECK(year.exceedance[1].rate_ci.upper < 0.25 + 3.0 * wilson_interval(0, 50, 0.95).upper + 1e-12);
}

TEST_CASE("what parts have in common widens the interval, what they have in turn narrows it") {
  const std::vector<double> values = spread_out(200);
  std::vector<double> turned;
  for (const double value : values) turned.push_back(0.995 - value);
  const auto width = [&](const std::vector<double>& other) {
    const SeasonEstimate year = year_of({{1.0, values}, {1.0, other}}, {0.5});
    return year.exceedance[0].rate_ci.upper - year.exceedance[0].rate_ci.lower;
  };
  const double alone = year_of({{1.0, values}}, {0.5}).exceedance[0].rate_ci.upper -
                       year_of({{1.0, values}}, {0.5}).exceedance[0].rate_ci.lower;
  CHECK(width(values) == Approx(2 * alone));
  CHECK(width(turned) < 0.2 * alone);
}

TEST_CASE("only seeds known in every part count, and of none nothing is known") {
  std::vector<double> values = spread_out(20);
  values[3] = not_ok;
  std::vector<double> other(20, 0.5);
  other[4] = not_ok;
  CHECK(year_of({{1.0, values}, {1.0, other}}, {}).seeds == 18);
  const std::vector<double> unknown(20, not_ok);
  const SeasonEstimate year = year_of({{1.0, unknown}}, {0.1}, {10});
  CHECK(year.seeds == 0);
  CHECK(std::isnan(year.expected));
  CHECK(std::isnan(year.exceedance[0].rate));
  CHECK(std::isnan(year.size[0].size));
}
