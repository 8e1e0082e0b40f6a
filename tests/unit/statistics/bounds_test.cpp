#include "firesweep/statistics/bounds.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/exceedance.hpp"
#include "firesweep/statistics/quantile.hpp"

#include "catch.hpp"
#include "values.hpp"

using namespace firesweep;

namespace {

/// The sample with unknown values that all went one way.
std::vector<double> completed(std::vector<double> values, std::size_t unknown, double value) {
  values.insert(values.end(), unknown, value);
  std::ranges::sort(values);
  return values;
}

}  // namespace

TEST_CASE("bounds are the estimates with every unknown run at one end, then at the other") {
  for (const std::size_t unknown : {1U, 3U, 10U, 1000U}) {
    const std::vector<double> low = completed(sample, unknown, 0.0);
    const std::vector<double> high = completed(sample, unknown, 1.0);
    CAPTURE(unknown);
    CHECK(mean_bounds(mean_of(sample), unknown).lower == Approx(mean_of(low).mean).epsilon(1e-13));
    CHECK(mean_bounds(mean_of(sample), unknown).upper == Approx(mean_of(high).mean).epsilon(1e-13));
    for (const double q : {0.0, 0.05, 0.25, 0.5, 0.77, 0.95, 1.0}) {
      CHECK(quantile_bounds(sample, q, unknown).lower == quantile(low, q));
      CHECK(quantile_bounds(sample, q, unknown).upper == quantile(high, q));
      CHECK(conditional_value_at_risk_bounds(sample, q, unknown).lower == conditional_value_at_risk(low, q));
      CHECK(conditional_value_at_risk_bounds(sample, q, unknown).upper == conditional_value_at_risk(high, q));
    }
  }
}

TEST_CASE("a share's bounds by hand: 3 of 8 known, 2 unknown") {
  CHECK(share_bounds(3, 8, 2).lower == 0.3);
  CHECK(share_bounds(3, 8, 2).upper == 0.5);
}

TEST_CASE("whatever the unknown runs were, the estimate lies between the bounds") {
  const Interval mean = mean_bounds(mean_of(sample), 2);
  const Interval median = quantile_bounds(sample, 0.5, 2);
  const Interval risk = conditional_value_at_risk_bounds(sample, 0.75, 2);
  for (const double one : {0.0, 0.1, 0.5, 0.9, 1.0}) {
    for (const double other : {0.0, 0.3, 1.0}) {
      const std::vector<double> all = completed(completed(sample, 1, one), 1, other);
      CHECK(mean.lower <= mean_of(all).mean + 1e-15);
      CHECK(mean_of(all).mean <= mean.upper + 1e-15);
      CHECK(median.lower <= quantile(all, 0.5));
      CHECK(quantile(all, 0.5) <= median.upper);
      CHECK(risk.lower <= conditional_value_at_risk(all, 0.75) + 1e-15);
      CHECK(conditional_value_at_risk(all, 0.75) <= risk.upper + 1e-15);
    }
  }
}

TEST_CASE("the mean over a threshold is bounded from the threshold up") {
  const std::vector<double> values = {0.0, 0.1, 0.5, 0.7};
  const Interval bounds = mean_bounds(mean_over(values, 0.2), 2, 0.2, 1.0);
  CHECK(bounds.lower == Approx((0.5 + 0.7 + 2 * 0.2) / 4.0).epsilon(1e-14));
  CHECK(bounds.upper == Approx((0.5 + 0.7 + 2 * 1.0) / 4.0).epsilon(1e-14));
}

TEST_CASE("with nothing unknown both bounds are the estimate, to the bit") {
  const auto is_only = [](const Interval& bounds, double value) {
    return bounds.lower == value && bounds.upper == value;
  };
  CHECK(is_only(mean_bounds(mean_of(sample), 0), mean_of(sample).mean));
  CHECK(is_only(share_bounds(3, 7, 0), 3.0 / 7.0));
  CHECK(is_only(quantile_bounds(sample, 0.95, 0), quantile(sample, 0.95)));
  CHECK(is_only(conditional_value_at_risk_bounds(sample, 0.5, 0), conditional_value_at_risk(sample, 0.5)));
  const std::vector<double> other(sample.rbegin(), sample.rend());
  CHECK(is_only(paired_difference_bounds(sample, other), 0.0));
}

TEST_CASE("with nothing known the bounds are the limits, with nothing at all there are none") {
  CHECK(mean_bounds(mean_of({}), 5, 0.25, 0.75).lower == 0.25);
  CHECK(mean_bounds(mean_of({}), 5, 0.25, 0.75).upper == 0.75);
  CHECK(share_bounds(0, 0, 5).lower == 0.0);
  CHECK(share_bounds(0, 0, 5).upper == 1.0);
  CHECK(quantile_bounds({}, 0.5, 5, 2.0, 3.0).lower == 2.0);
  CHECK(quantile_bounds({}, 0.5, 5, 2.0, 3.0).upper == 3.0);
  CHECK(conditional_value_at_risk_bounds({}, 0.5, 5, 2.0, 3.0).upper == 3.0);
  CHECK(std::isnan(mean_bounds(mean_of({}), 0).lower));
  CHECK(std::isnan(share_bounds(0, 0, 0).lower));
  CHECK(std::isnan(quantile_bounds({}, 0.5, 0).lower));
  CHECK(std::isnan(paired_difference_bounds({}, {}).upper));
}

TEST_CASE("a paired difference keeps what is known of a seed") {
  // Differences 0.25, [0 - 0.5, 1 - 0.5], [0.75 - 1, 0.75 - 0] and [-1, 1].
  const Interval bounds = paired_difference_bounds(std::vector{0.5, not_ok, 0.75, not_ok},
                                                   std::vector{0.25, 0.5, not_ok, not_ok});
  CHECK(bounds.lower == Approx((0.25 - 0.5 - 0.25 - 1.0) / 4.0).epsilon(1e-14));
  CHECK(bounds.upper == Approx((0.25 + 0.5 + 0.75 + 1.0) / 4.0).epsilon(1e-14));
}

TEST_CASE("values beyond their limits, or more successes than trials, break the contract of bounds") {
  CHECK_THROWS_AS(mean_bounds({2, 1.5, 0.1, 0.1}, 1), BrokenContract);
  CHECK_THROWS_AS(share_bounds(3, 2, 1), BrokenContract);
  CHECK_THROWS_AS(quantile_bounds(std::vector{0.5, 1.5}, 0.5, 1), BrokenContract);
  CHECK_THROWS_AS(quantile_bounds(sample, 1.5, 1), BrokenContract);
  CHECK_THROWS_AS(conditional_value_at_risk_bounds(sample, -0.5, 1), BrokenContract);
  CHECK_THROWS_AS(paired_difference_bounds(sample, std::vector{0.5}), BrokenContract);
}
