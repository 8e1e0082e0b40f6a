#include "firesweep/experiment/distribution.hpp"

#include <cmath>

#include "catch.hpp"

using namespace firesweep;

using Kind = Distribution::Kind;

TEST_CASE("quantiles of distributions that are not truncated") {
  const Distribution uniform{Kind::uniform, {20.0, 90.0}};
  CHECK(uniform.quantile(0.0) == 20.0);
  CHECK(uniform.quantile(0.5) == 55.0);
  CHECK(uniform.quantile(1.0) == 90.0);
  const Distribution triangular{Kind::triangular, {0.0, 1.0, 4.0}};
  CHECK(triangular.quantile(0.0) == 0.0);
  CHECK(triangular.quantile(0.25) == Approx(1.0));    // its peak is after a quarter
  CHECK(triangular.quantile(0.8125) == Approx(2.5));  // 4 - sqrt(0.1875 * 4 * 3)
  CHECK(triangular.quantile(1.0) == 4.0);
  const Distribution normal{Kind::normal, {20.0, 6.0}};
  CHECK(normal.quantile(0.5) == 20.0);
  CHECK(normal.quantile(0.975) == Approx(20.0 + 6.0 * 1.959963984540054));
  const Distribution lognormal{Kind::lognormal, {0.8, 0.1}};
  CHECK(lognormal.quantile(0.5) == Approx(0.8));
  CHECK(lognormal.quantile(0.975) == Approx(0.8 * std::exp(0.1959963984540054)));
}

TEST_CASE("what is truncated lies within its bounds, in the proportions of the whole") {
  const Distribution normal{Kind::normal, {20.0, 6.0}, {{14.0, 26.0}}};
  CHECK(normal.is_bounded());
  CHECK(normal.share_within() == Approx(0.682689492137));
  CHECK(normal.quantile(0.0) == 14.0);
  CHECK(normal.quantile(0.5) == Approx(20.0));
  CHECK(normal.quantile(1.0) == 26.0);
  // A quarter of 68.27 % above 15.87 %: 32.93 % of the whole.
  CHECK(normal.quantile(0.25) == Approx(20.0 + 6.0 * -0.44177).margin(1e-3));
  const Distribution half{Kind::triangular, {0.0, 1.0, 4.0}, {{1.0, 4.0}}};
  CHECK(half.share_within() == Approx(0.75));
  CHECK(half.quantile(0.75) == Approx(4.0 - 1.5));
  const Distribution beyond{Kind::lognormal, {0.8, 0.1}, {{-2.0, -1.0}}};
  CHECK(beyond.share_within() == 0.0);
  CHECK_FALSE(Distribution{Kind::lognormal, {0.8, 0.1}}.is_bounded());
}
