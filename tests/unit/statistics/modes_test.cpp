#include "firesweep/statistics/modes.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "firesweep/statistics/interval.hpp"
#include "firesweep/statistics/mean.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

/// The quantiles of a distribution at (i + 1/2) / n, which is the most typical sample that there is.
template <typename Quantile>
std::vector<double> typical_sample(int n, Quantile quantile) {
  std::vector<double> values;
  for (int i = 0; i < n; ++i) values.push_back(quantile((i + 0.5) / n));
  std::ranges::sort(values);
  return values;
}

double normal_quantile(double p) {
  return p < 0.5 ? -normal_quantile_two_sided(1.0 - 2.0 * p) : normal_quantile_two_sided(2.0 * p - 1.0);
}

std::vector<double> joined(std::vector<double> lower, const std::vector<double>& upper) {
  lower.insert(lower.end(), upper.begin(), upper.end());
  std::ranges::sort(lower);
  return lower;
}

std::vector<double> two_values(std::size_t lower_count, double lower, std::size_t upper_count, double upper) {
  return joined(std::vector(lower_count, lower), std::vector(upper_count, upper));
}

double sum_of_squares(std::span<const double> values) {
  const Mean mean = mean_of(values);
  return values.size() < 2
             ? 0.0
             : mean.standard_deviation * mean.standard_deviation * static_cast<double>(values.size() - 1);
}

}  // namespace

TEST_CASE("distributions with one mode are not split") {
  CHECK_FALSE(mode_split(typical_sample(999, [](double p) { return p; })));
  CHECK_FALSE(mode_split(typical_sample(1000, [](double p) { return 0.5 + 0.1 * normal_quantile(p); })));
  CHECK_FALSE(mode_split(typical_sample(1000, [](double p) { return -0.1 * std::log(p); })));
}

TEST_CASE("fires of every size are not split, over five decades nor over ten") {
  CHECK_FALSE(mode_split(typical_sample(1000, [](double p) { return std::pow(10.0, -5.0 * p); })));
  CHECK_FALSE(mode_split(typical_sample(1000, [](double p) { return std::pow(10.0, -10.0 * p); })));
}

TEST_CASE("fires of one or two cells are not split") {
  const double cell = 1.0 / (256 * 256);
  CHECK_FALSE(mode_split(two_values(500, cell, 500, 2 * cell)));
  CHECK_FALSE(mode_split(two_values(500, 0.0, 500, cell)));
}

TEST_CASE("nothing, one value and equal values are not split") {
  CHECK_FALSE(mode_split({}));
  CHECK_FALSE(mode_split(std::vector{0.5}));
  CHECK_FALSE(mode_split(std::vector(1000, 0.1)));
}

TEST_CASE("one fire in five that dies at once, the others running away, are two modes") {
  const std::vector<double> dead =
      typical_sample(200, [](double p) { return (1.0 - 8.0 * std::log(p)) / 65536; });
  const std::vector<double> running =
      typical_sample(800, [](double p) { return 0.637 + 0.02 * normal_quantile(p); });
  const auto split = mode_split(joined(dead, running));
  REQUIRE(split);
  CHECK(split->border == dead.back());
  CHECK(split->upper_share == 0.8);
  CHECK(split->lower_mean == Approx(mean_of(dead).mean).epsilon(1e-14));
  CHECK(split->upper_mean == Approx(0.637).epsilon(1e-12));
}

TEST_CASE("the border is where the two groups vary least within themselves") {
  // Broad modes that touch: every split is tried, with the groups' own variances.
  const std::vector<double> values =
      joined(typical_sample(70, [](double p) { return 0.15 * p * p * p; }),
             typical_sample(130, [](double p) { return 0.6 + 0.11 * normal_quantile(p); }));
  const std::span<const double> all(values);
  std::size_t best = 1;
  for (std::size_t k = 1; k < values.size(); ++k) {
    const auto within = [&](std::size_t count) {
      return sum_of_squares(all.first(count)) + sum_of_squares(all.subspan(count));
    };
    if (within(k) < within(best)) best = k;
  }
  const auto split = mode_split(values);
  REQUIRE(split);
  CHECK(split->border == values[best - 1]);
  CHECK(split->upper_share == static_cast<double>(values.size() - best) / static_cast<double>(values.size()));
}

TEST_CASE("equal values stay on one side of the border") {
  const auto split = mode_split(two_values(10, 0.0, 30, 0.5));
  REQUIRE(split);
  CHECK(split->border == 0.0);
  CHECK(split->upper_share == 0.75);
  CHECK(split->lower_mean == 0.0);
  CHECK(split->upper_mean == 0.5);
}

TEST_CASE("a mode holds at least 2 % of the values") {
  CHECK_FALSE(mode_split(two_values(981, 0.001, 19, 0.9)));
  CHECK(mode_split(two_values(980, 0.001, 20, 0.9)));
  CHECK_FALSE(mode_split(two_values(19, 0.001, 981, 0.9)));
}

TEST_CASE("a mode holds at least five values") {
  CHECK_FALSE(mode_split(two_values(4, 0.001, 20, 0.9)));
  CHECK(mode_split(two_values(5, 0.001, 20, 0.9)));
  CHECK_FALSE(mode_split(two_values(20, 0.001, 4, 0.9)));
}

TEST_CASE("the upper mode burns at least a hundredth") {
  CHECK_FALSE(mode_split(two_values(50, 0.0001, 50, 0.0099)));
  CHECK(mode_split(two_values(50, 0.0001, 50, 0.0101)));
}

TEST_CASE("the upper mode burns at least ten times the lower") {
  CHECK_FALSE(mode_split(two_values(50, 0.051, 50, 0.5)));
  CHECK(mode_split(two_values(50, 0.049, 50, 0.5)));
}
