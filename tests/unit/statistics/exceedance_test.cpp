#include "firesweep/statistics/exceedance.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/interval.hpp"

#include "catch.hpp"
#include "random_stream.hpp"
#include "values.hpp"

using namespace firesweep;

namespace {

constexpr std::size_t sample_size = 50;

/// In how many of 2000 samples of 50 uniform values an interval covers, by covers(values).
template <class Covers>
std::size_t times_covered(std::uint64_t stream, const Covers& covers) {
  const RandomStream words(stream);
  std::size_t covered = 0;
  for (std::size_t round = 0; round < 2000; ++round) {
    std::vector<double> values;
    for (std::size_t i = 0; i < sample_size; ++i) values.push_back(uniform(words(round * sample_size + i)));
    covered += covers(std::move(values)) ? 1U : 0U;
  }
  return covered;
}

}  // namespace

TEST_CASE("the band's half height is Smirnov's tabulated constant over the root of the count") {
  // N. Smirnov, "Table for estimating the goodness of fit of empirical distributions", Ann. Math. Stat. 19
  // (1948) 279-281: the asymptotic critical values 1.22, 1.36 and 1.63 of Kolmogorov's statistic.
  struct Row {
    double confidence, constant;
  };
  for (const Row& row : {Row{0.90, 1.22}, Row{0.95, 1.36}, Row{0.99, 1.63}}) {
    for (const unsigned count : {1U, 100U, 1'000'000U}) {
      CHECK(dkw_half_height(count, row.confidence) * std::sqrt(count) == Approx(row.constant).margin(0.005));
    }
  }
}

TEST_CASE("the band is a little wider than Kolmogorov's exact one") {
  // L. H. Miller, "Table of percentage points of Kolmogorov statistics", JASA 51 (1956) 111-121.
  struct Row {
    unsigned count;
    double at_90, at_95, at_99;
  };
  for (const Row& row : {Row{10, 0.36866, 0.40925, 0.48893}, Row{20, 0.26473, 0.29408, 0.35241},
                         Row{50, 0.16959, 0.18841, 0.22604}, Row{100, 0.12067, 0.13403, 0.16081}}) {
    const auto wider = [&](double exact, double confidence) {
      const double ratio = dkw_half_height(row.count, confidence) / exact;
      return ratio > 1.0 && ratio < 1.06;
    };
    CHECK(wider(row.at_90, 0.90));
    CHECK(wider(row.at_95, 0.95));
    CHECK(wider(row.at_99, 0.99));
  }
}

TEST_CASE("a curve counts the values over each threshold, not those at it") {
  const std::vector<double> sorted = {0.0, 0.1, 0.1, 0.5, 0.9};
  const auto curve = exceedance_curve(sorted, std::vector{0.5, -1.0, 0.1, 0.0999, 0.9}, 0.95);
  const std::vector<std::size_t> counts = {1, 5, 2, 4, 0};
  REQUIRE(curve.size() == counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    CHECK(curve[i].count == counts[i]);
    CHECK(curve[i].share == static_cast<double>(counts[i]) / 5.0);
    CHECK(curve[i].pointwise.lower == wilson_interval(counts[i], 5, 0.95).lower);
    CHECK(curve[i].pointwise.upper == wilson_interval(counts[i], 5, 0.95).upper);
    CHECK(curve[i].simultaneous.lower == dkw_band(curve[i].share, 5, 0.95).lower);
    CHECK(curve[i].simultaneous.upper == dkw_band(curve[i].share, 5, 0.95).upper);
  }
  CHECK(curve[0].threshold == 0.5);
}

TEST_CASE("a band lies within [0, 1] and is otherwise of one height") {
  CHECK(dkw_band(0.0, 100, 0.95).lower == 0.0);
  CHECK(dkw_band(1.0, 100, 0.95).upper == 1.0);
  const Interval middle = dkw_band(0.5, 100, 0.95);
  CHECK(middle.upper - middle.lower == Approx(2.0 * dkw_half_height(100, 0.95)).epsilon(1e-14));
}

TEST_CASE("the band covers the whole curve of a uniform distribution at least as often as it says") {
  // 2000 samples of 50. Massart promises 95 %; by Kolmogorov's exact distribution it is 95.7 %. The standard
  // error is 0.46 %, so fewer than 1867 is a false alarm once in 10^6.
  const std::size_t covered = times_covered(1, [](std::vector<double> sorted) {
    constexpr std::size_t count = sample_size;
    std::ranges::sort(sorted);
    bool all = true;
    for (std::size_t i = 0; i < count; ++i) {
      // P(U > x) = 1 - x must lie in the band just below and at each value, where the curve steps.
      const Interval before = dkw_band(static_cast<double>(count - i) / count, count, 0.95);
      const Interval at = dkw_band(static_cast<double>(count - i - 1) / count, count, 0.95);
      const double truth = 1.0 - sorted[i];
      all = all && before.lower <= truth && truth <= before.upper && at.lower <= truth && truth <= at.upper;
    }
    return all;
  });
  CHECK(covered >= 1867);
  CHECK(covered < 2000);
}

TEST_CASE("the mean over a threshold is of the values above it, in any order, without those that are NaN") {
  const std::vector<double> values = {0.001, 0.7, not_ok, 0.1, 0.6, 0.0, 0.8, not_ok};
  const Mean size = mean_over(values, 0.1);
  CHECK(size.count == 3);
  CHECK(size.mean == Approx(0.7).epsilon(1e-14));
  CHECK(size.standard_deviation == Approx(0.1).epsilon(1e-13));
  // Share times mean of those above, and of the rest, make up the mean of all.
  CHECK((3 * size.mean + 0.001 + 0.1) / 6 ==
        Approx(mean_of(std::vector{0.001, 0.7, 0.1, 0.6, 0.0, 0.8}).mean).epsilon(1e-14));
  CHECK(mean_over(values, 0.8).count == 0);
  CHECK(std::isnan(mean_over(values, 0.8).mean));
}

TEST_CASE("the t interval of the mean over a threshold covers, although the number over it is random") {
  // Of uniform values those over 0.4 are uniform in [0.4, 1], with mean 0.7; of 50 about 30 are. In 2000
  // samples fewer than 1846 covered, or more than 1944, would be 5 standard errors off.
  const std::size_t covered = times_covered(2, [](const std::vector<double>& values) {
    const Interval interval = mean_interval(mean_over(values, 0.4), 0.95);
    return interval.lower <= 0.7 && 0.7 <= interval.upper;
  });
  CHECK(covered >= 1846);
  CHECK(covered <= 1944);
}

TEST_CASE("no values have no exceedance and no band") {
  const auto curve = exceedance_curve({}, std::vector{0.1}, 0.95);
  CHECK(curve[0].count == 0);
  CHECK(std::isnan(curve[0].share));
  CHECK(std::isnan(curve[0].pointwise.lower));
  CHECK(std::isnan(curve[0].simultaneous.lower));
  CHECK(std::isnan(curve[0].simultaneous.upper));
  CHECK(std::isnan(dkw_half_height(0, 0.95)));
}

TEST_CASE("a confidence outside (0, 1) or a share outside [0, 1] breaks the contract of the band") {
  for (const double confidence : {0.0, 1.0, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(dkw_half_height(10, confidence), BrokenContract);
    CHECK_THROWS_AS(dkw_band(0.5, 0, confidence), BrokenContract);
  }
  CHECK_THROWS_AS(dkw_band(1.5, 10, 0.95), BrokenContract);
}
