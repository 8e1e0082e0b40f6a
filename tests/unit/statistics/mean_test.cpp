#include "firesweep/statistics/mean.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "firesweep/check/contract.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {
const std::vector<double> unordered = {.31, .02, .77, .5, .5, .09, .64, .001, .93, .28};
}

TEST_CASE("mean, standard deviation and standard error are those of numpy and scipy") {
  const Mean mean = mean_of(unordered);
  CHECK(mean.count == 10);
  CHECK(mean.mean == Approx(0.4041).epsilon(1e-15));                            // x.mean()
  CHECK(mean.standard_deviation == Approx(0.3192757254926984).epsilon(1e-15));  // x.std(ddof=1)
  CHECK(mean.standard_error == Approx(0.1009638494159612).epsilon(1e-15));      // scipy.stats.sem(x)
}

TEST_CASE("no value has no mean, one value has no deviation") {
  const Mean none = mean_of({});
  CHECK(none.count == 0);
  CHECK(std::isnan(none.mean));
  CHECK(std::isnan(none.standard_deviation));
  CHECK(std::isnan(none.standard_error));

  const Mean one = mean_of(std::vector{0.1});
  CHECK(one.count == 1);
  CHECK(one.mean == 0.1);
  CHECK(std::isnan(one.standard_deviation));
  CHECK(std::isnan(one.standard_error));
}

TEST_CASE("equal values have exactly that mean and no deviation") {
  for (const double value : {0.0, 0.1, 1.0 / 3.0, 1.0}) {
    const Mean mean = mean_of(std::vector(1000, value));
    CHECK(mean.mean == value);
    CHECK(mean.standard_deviation == 0.0);
    const Interval interval = mean_interval(mean, 0.95);
    CHECK(interval.lower == value);
    CHECK(interval.upper == value);
  }
}

TEST_CASE("a deviation a million times smaller than the mean keeps its digits") {
  // 1..5 has variance 5/2; moved far from zero, the textbook formula sum(x^2) - n mean^2 would lose it.
  std::vector<double> values;
  for (int i = 1; i <= 5; ++i) values.push_back(1e6 + i * 0x1p-20);
  CHECK(mean_of(values).standard_deviation == Approx(std::sqrt(2.5) * 0x1p-20).epsilon(1e-9));
}

TEST_CASE("the t interval is that of scipy") {
  // scipy.stats.t.interval(c, 9, x.mean(), scipy.stats.sem(x)); scipy 1.10 gives ten digits of Student's
  // quantile.
  const Interval usual = mean_interval(mean_of(unordered), 0.95);
  CHECK(usual.lower == Approx(0.1757039048657805).epsilon(1e-10));
  CHECK(usual.upper == Approx(0.6324960951342196).epsilon(1e-10));
  const Interval wide = mean_interval(mean_of(unordered), 0.999999);
  CHECK(wide.lower == Approx(-0.77079430830511).epsilon(1e-9));
  CHECK(wide.upper == Approx(1.5789943082897455).epsilon(1e-9));
}

TEST_CASE("the half width in standard errors is the tabulated quantile of Student's t") {
  // Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, table 26.10, A = 0.95 and 0.99.
  struct Row {
    std::size_t degrees;
    double at_95, at_99;
  };
  for (const Row& row : {Row{1, 12.706, 63.657}, Row{2, 4.303, 9.925}, Row{5, 2.571, 4.032},
                         Row{10, 2.228, 3.169}, Row{30, 2.042, 2.750}, Row{120, 1.980, 2.617}}) {
    const Mean standard{row.degrees + 1, 0.0, 1.0, 1.0};
    CHECK(mean_interval(standard, 0.95).upper == Approx(row.at_95).margin(0.0005));
    CHECK(mean_interval(standard, 0.99).upper == Approx(row.at_99).margin(0.0005));
    CHECK(mean_interval(standard, 0.99).lower == -mean_interval(standard, 0.99).upper);
  }
}

TEST_CASE("Student's t of two and of three values is its closed form") {
  for (const double confidence : {0.1, 0.5, 0.9, 0.95, 0.999}) {
    CHECK(mean_interval({2, 0.0, 1.0, 1.0}, confidence).upper ==
          Approx(std::tan(0.5 * std::numbers::pi * confidence)).epsilon(1e-12));
    CHECK(mean_interval({3, 0.0, 1.0, 1.0}, confidence).upper ==
          Approx(confidence * std::sqrt(2.0 / (1.0 - confidence * confidence))).epsilon(1e-12));
  }
}

TEST_CASE("for ten million values Student's t is the normal distribution") {
  CHECK(mean_interval({10'000'000, 0.0, 1.0, 1.0}, 0.95).upper == Approx(1.959963984540054).epsilon(1e-6));
}

TEST_CASE("fewer than two values have no interval") {
  for (const std::size_t count : {0U, 1U}) {
    const Interval interval = mean_interval(mean_of(std::vector(count, 0.5)), 0.95);
    CHECK(std::isnan(interval.lower));
    CHECK(std::isnan(interval.upper));
  }
}

TEST_CASE("a confidence of zero, one or NaN breaks the contract of the mean's interval") {
  for (const double confidence : {0.0, 1.0, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(mean_interval(mean_of(unordered), confidence), BrokenContract);
  }
}
