#include "firesweep/statistics/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/interval.hpp"

#include "catch.hpp"
#include "random_stream.hpp"

using namespace firesweep;

namespace {

/// Hours between failures of the air conditioning of an aeroplane: F. Proschan, "Theoretical explanation of
/// observed decreasing failure rate", Technometrics 5 (1963) 375-383.
const std::vector<double> hours = {3, 5, 7, 18, 43, 85, 91, 98, 100, 130, 230, 487};

/// Days that treated mice survived: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, 1993, table
/// 2.1.
const std::vector<double> days = {94, 197, 16, 38, 99, 141, 23};

/// Distribution function of the sum of a resample of whole numbers, by convolution: the bootstrap with
/// endless resamples. Shape (largest sum + 1).
std::vector<double> resampled_sums(const std::vector<double>& values) {
  std::vector<double> probability = {1.0};
  for (std::size_t draw = 0; draw < values.size(); ++draw) {
    std::vector<double> next(probability.size() + static_cast<std::size_t>(std::ranges::max(values)));
    for (std::size_t sum = 0; sum < probability.size(); ++sum) {
      for (const double value : values) {
        next[sum + static_cast<std::size_t>(value)] += probability[sum] / static_cast<double>(values.size());
      }
    }
    probability = next;
  }
  std::partial_sum(probability.begin(), probability.end(), probability.begin());
  return probability;
}

/// Share of all resamples whose mean is at most `mean`, half of those that have it.
double share_up_to(const std::vector<double>& sums, double mean, std::size_t count) {
  const auto sum = static_cast<std::size_t>(std::lround(mean * static_cast<double>(count)));
  return 0.5 * (sums[sum] + (sum == 0 ? 0.0 : sums[sum - 1]));
}

/// Values of many small fires and a few large ones.
std::vector<double> two_kinds(std::size_t small, std::size_t large) {
  const RandomStream words(5);
  std::vector<double> values;
  for (std::size_t i = 0; i < small; ++i) values.push_back(0.01 * uniform(words(i)));
  for (std::size_t i = 0; i < large; ++i) values.push_back(0.5 + 0.3 * uniform(words(small + i)));
  return values;
}

double half_width(const std::vector<double>& values) {
  const Interval interval = mean_interval(mean_of(values), 0.95);
  return 0.5 * (interval.upper - interval.lower);
}

}  // namespace

TEST_CASE("BCa's bounds are the exact ones but for the noise of 1999 resamples") {
  // The shares of endless resamples below the corrected bounds, from the exact distribution of the sum (numpy
  // and scipy). Of 1999 resamples both a bound's share and the bias have a standard error: together less than
  // 0.005 at 95 % and 0.007 at 90 % on the left side, where they are largest.
  const Interval air = bca_mean_interval(hours, 0.95, RandomStream(1));
  const std::vector<double> air_sums = resampled_sums(hours);
  CHECK(share_up_to(air_sums, air.lower, 12) == Approx(0.0686).margin(0.015));
  CHECK(share_up_to(air_sums, air.upper, 12) == Approx(0.99597).margin(0.004));

  const Interval mice = bca_mean_interval(days, 0.90, RandomStream(2));
  const std::vector<double> mice_sums = resampled_sums(days);
  CHECK(share_up_to(mice_sums, mice.lower, 7) == Approx(0.0654).margin(0.018));
  CHECK(share_up_to(mice_sums, mice.upper, 7) == Approx(0.9634).margin(0.015));
}

TEST_CASE("BCa's bounds are those of scipy but for the noise of 1999 resamples") {
  // scipy.stats.bootstrap((x,), numpy.mean, n_resamples=99999, method='BCa'): (57.08, 225.58). Over 300
  // streams the bounds have standard deviations of 1.3 and 7.6: the upper lies where a dozen values have but
  // few sums.
  const Interval air = bca_mean_interval(hours, 0.95, RandomStream(3));
  CHECK(air.lower == Approx(57.08).margin(6.0));
  CHECK(air.upper == Approx(225.58).margin(30.0));
}

TEST_CASE("BCa's bounds do not change from machine to machine, nor from version to version") {
  const Interval air = bca_mean_interval(hours, 0.95, RandomStream(1));
  CHECK(air.lower == Approx(55.416666666666671).epsilon(1e-14));
  CHECK(air.upper == Approx(223.0).epsilon(1e-14));
}

TEST_CASE("BCa draws each value for half a word, and each word once") {
  for (const std::size_t count : {7U, 12U}) {
    std::vector<int> uses;
    const auto counted = [&](std::uint64_t first, std::span<std::uint64_t> words) {
      if (first + words.size() > uses.size()) uses.resize(first + words.size());
      for (std::size_t i = 0; i < words.size(); ++i) ++uses[first + i];
      RandomStream(1)(first, words);
    };
    bca_mean_interval(std::span(hours).first(count), 0.95, counted);
    CHECK(uses.size() == bootstrap_resamples * ((count + 1) / 2));
    CHECK(std::ranges::all_of(uses, [](int times) { return times == 1; }));
  }
}

TEST_CASE("bootstrap intervals move and stretch with the values") {
  std::vector<double> moved;
  for (const double value : hours) moved.push_back(4.0 * value + 8.0);
  const Interval one = bca_mean_interval(hours, 0.95, RandomStream(1));
  const Interval other = bca_mean_interval(moved, 0.95, RandomStream(1));
  CHECK(other.lower == Approx(4.0 * one.lower + 8.0).epsilon(1e-13));
  CHECK(other.upper == Approx(4.0 * one.upper + 8.0).epsilon(1e-13));
  CHECK(abc_mean_interval(moved, 0.95).upper ==
        Approx(4.0 * abc_mean_interval(hours, 0.95).upper + 8.0).epsilon(1e-13));
}

TEST_CASE("the bootstrap reaches further to where the values do") {
  const double mean = mean_of(hours).mean;
  for (const Interval& interval :
       {bca_mean_interval(hours, 0.95, RandomStream(1)), abc_mean_interval(hours, 0.95)}) {
    CHECK(interval.upper - mean > 1.5 * (mean - interval.lower));
  }
}

TEST_CASE("ABC's bounds are close to the exact ones of BCa even for a dozen values") {
  // BCa with endless resamples: (57.00, 226.08) and (52.29, 130.14); the sums are whole, so means step by 1 /
  // n.
  CHECK(abc_mean_interval(hours, 0.95).lower == Approx(57.00).epsilon(0.01));
  CHECK(abc_mean_interval(hours, 0.95).upper == Approx(226.08).epsilon(0.01));
  CHECK(abc_mean_interval(days, 0.90).lower == Approx(52.29).epsilon(0.01));
  CHECK(abc_mean_interval(days, 0.90).upper == Approx(130.14).epsilon(0.01));
}

TEST_CASE("where ABC takes over from BCa they differ by no more than the noise of 1999 resamples") {
  // Its standard error is 3 % of half the width for values like normal ones; four of them, and a little for
  // the means of few large fires, which come in steps.
  for (const std::size_t large : {1000U, 200U, 20U}) {
    const std::vector<double> values = two_kinds(most_resampled_values - large, large);
    const Interval resampled = bootstrap_mean_interval(values, 0.95, RandomStream(large));
    const Interval analytic = abc_mean_interval(values, 0.95);
    CAPTURE(large);
    CHECK(resampled.lower == Approx(analytic.lower).margin(0.13 * half_width(values)));
    CHECK(resampled.upper == Approx(analytic.upper).margin(0.13 * half_width(values)));
    CHECK(resampled.lower != analytic.lower);
  }
}

TEST_CASE("ABC of symmetric values is the normal interval with the plain standard error") {
  const std::vector<double> values = {-2.0, -1.0, 0.0, 1.0, 2.0};
  const Interval interval = abc_mean_interval(values, 0.95);
  const double half = normal_quantile_two_sided(0.95) * std::sqrt(10.0) / 5.0;
  CHECK(interval.lower == Approx(-half).epsilon(1e-14));
  CHECK(interval.upper == Approx(half).epsilon(1e-14));
}

TEST_CASE("many values are not resampled") {
  const auto none = [](std::uint64_t, std::span<std::uint64_t>) { throw std::logic_error("drawn"); };
  const std::vector<double> values = two_kinds(most_resampled_values, 1);
  const Interval interval = bootstrap_mean_interval(values, 0.95, none);
  CHECK(interval.lower == abc_mean_interval(values, 0.95).lower);
  CHECK(interval.upper == abc_mean_interval(values, 0.95).upper);
}

TEST_CASE("no bound lies beyond the values, however few and however sure") {
  for (const double confidence : {0.5, 0.95, 1.0 - 1e-12}) {
    const std::vector<double> values = {0.0, 0.0, 0.0, 1.0};
    for (const Interval& interval :
         {bca_mean_interval(values, confidence, RandomStream(1)), abc_mean_interval(values, confidence)}) {
      CHECK(interval.lower >= 0.0);
      CHECK(interval.lower <= 0.25);
      CHECK(interval.upper >= 0.25);
      CHECK(interval.upper <= 1.0);
    }
  }
}

TEST_CASE("equal values have exactly that interval of the mean") {
  for (const double value : {0.0, 0.1, 1.0}) {
    for (const std::size_t count : {std::size_t{2}, std::size_t{9}, most_resampled_values + 1}) {
      const Interval interval = bootstrap_mean_interval(std::vector(count, value), 0.95, RandomStream(1));
      CHECK(interval.lower == value);
      CHECK(interval.upper == value);
    }
  }
}

TEST_CASE("fewer than two values have no bootstrap interval") {
  for (const std::size_t count : {0U, 1U}) {
    const std::vector<double> values(count, 0.5);
    CHECK(std::isnan(bca_mean_interval(values, 0.95, RandomStream(1)).lower));
    CHECK(std::isnan(abc_mean_interval(values, 0.95).upper));
  }
}

TEST_CASE("a confidence outside (0, 1) breaks the contract of the bootstrap") {
  for (const double confidence : {0.0, 1.0, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(bca_mean_interval(hours, confidence, RandomStream(1)), BrokenContract);
    CHECK_THROWS_AS(abc_mean_interval(hours, confidence), BrokenContract);
  }
}
