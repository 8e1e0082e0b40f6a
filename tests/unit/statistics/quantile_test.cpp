#include "firesweep/statistics/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include "firesweep/check/contract.hpp"

#include "catch.hpp"
#include "values.hpp"

using namespace firesweep;

namespace {

/// The values 1 to n, so that an order statistic is its rank.
std::vector<double> ranks_to(std::size_t n) {
  std::vector<double> ranks(n);
  std::iota(ranks.begin(), ranks.end(), 1.0);
  return ranks;
}

/// Ranks of the interval's order statistics; 0 and n + 1 are the limits of the variable.
Interval ranks_of_interval(std::size_t n, double q, double confidence) {
  return quantile_interval(ranks_to(n), q, confidence, 0.0, static_cast<double>(n + 1));
}

/// P(first <= B < last) of the binomial B(n, q), term by term.
double binomial_probability(std::size_t n, double q, double first, double last) {
  const auto trials = static_cast<double>(n);
  double sum = 0.0;
  for (double k = std::max(first, 0.0); k < std::min(last, trials + 1.0); ++k) {
    sum += std::exp(std::lgamma(trials + 1.0) - std::lgamma(k + 1.0) - std::lgamma(trials - k + 1.0) +
                    k * std::log(q) + (trials - k) * std::log1p(-q));
  }
  return sum;
}

}  // namespace

TEST_CASE("values are sorted, however many of them differ") {
  for (const std::uint32_t different : {1U, 100U, 2'000U, 60'000U}) {
    std::vector<double> values(60'000);
    for (std::uint32_t i = 0; i < values.size(); ++i)
      values[i] = static_cast<double>(i * 2'654'435'761U % different) / different;
    std::vector<double> expected = values;
    std::ranges::sort(expected);
    sort_values(values);
    CHECK(values == expected);
  }
}

TEST_CASE("quantiles are numpy's") {
  // numpy.quantile(x, q)
  CHECK(quantile(sample, 0.0) == 0.001);
  CHECK(quantile(sample, 0.05) == Approx(0.00955).epsilon(1e-14));
  CHECK(quantile(sample, 0.25) == Approx(0.1375).epsilon(1e-14));
  CHECK(quantile(sample, 0.5) == Approx(0.405).epsilon(1e-14));
  CHECK(quantile(sample, 0.75) == Approx(0.605).epsilon(1e-14));
  CHECK(quantile(sample, 0.95) == Approx(0.858).epsilon(1e-14));
  CHECK(quantile(sample, 0.99) == Approx(0.9156).epsilon(1e-14));
  CHECK(quantile(sample, 1.0) == 0.93);
}

TEST_CASE("quantiles are R's, of the cars that its manual likes to take") {
  // R: quantile(mtcars$mpg), miles per gallon of 32 cars; Motor Trend, 1974.
  std::vector<double> miles = {21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8,
                               16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9, 21.5, 15.5,
                               15.2, 13.3, 19.2, 27.3, 26.0, 30.4, 15.8, 19.7, 15.0, 21.4};
  std::ranges::sort(miles);
  CHECK(quantile(miles, 0.0) == 10.4);
  CHECK(quantile(miles, 0.25) == Approx(15.425).epsilon(1e-14));
  CHECK(quantile(miles, 0.5) == Approx(19.2).epsilon(1e-14));
  CHECK(quantile(miles, 0.75) == Approx(22.8).epsilon(1e-14));
  CHECK(quantile(miles, 1.0) == 33.9);
}

TEST_CASE("no value has no quantile, one value has only itself") {
  CHECK(std::isnan(quantile({}, 0.5)));
  for (const double q : {0.0, 0.3, 1.0}) CHECK(quantile(std::vector{0.1}, q) == 0.1);
}

TEST_CASE("equal values have exactly that quantile, and quantiles never decrease") {
  const std::vector<double> equal(7, 0.1);
  double previous = 0.0;
  for (int i = 0; i <= 1000; ++i) {
    const double q = i / 1000.0;
    CHECK(quantile(equal, q) == 0.1);
    CHECK(quantile(sample, q) >= previous);
    previous = quantile(sample, q);
  }
}

TEST_CASE("the ranks of a quantile's interval are those of scipy") {
  // scipy.stats.binom.ppf((1 - c) / 2, n, q), scipy.stats.binom.isf((1 - c) / 2, n, q) + 1
  struct Row {
    std::size_t n;
    double q, confidence, lower, upper;
  };
  for (const Row& row :
       {Row{1, 0.5, 0.95, 0, 2}, Row{10, 0.5, 0.95, 2, 9}, Row{20, 0.25, 0.9, 2, 9},
        Row{50, 0.99, 0.95, 48, 51}, Row{100, 0.5, 0.95, 40, 61}, Row{100, 0.95, 0.95, 90, 100},
        Row{1000, 0.05, 0.95, 37, 65}, Row{1000, 0.95, 0.95, 936, 964}, Row{1000, 0.99, 0.99, 981, 998},
        Row{10'000'000, 0.99, 0.95, 9'899'383, 9'900'617}}) {
    const Interval ranks = ranks_of_interval(row.n, row.q, row.confidence);
    CAPTURE(row.n, row.q, row.confidence);
    CHECK(ranks.lower == row.lower);
    CHECK(ranks.upper == row.upper);
  }
}

TEST_CASE("the interval of the median is the tabulated one, with the tabulated coverage") {
  // K. R. Nair, "Table of confidence interval for the median in samples from any continuous population",
  // Sankhya 4 (1940) 551-558, at 95 %.
  struct Row {
    std::size_t n;
    double lower, upper, coverage;
  };
  for (const Row& row :
       {Row{6, 1, 6, 0.969}, Row{10, 2, 9, 0.979}, Row{15, 4, 12, 0.965}, Row{20, 6, 15, 0.959},
        Row{25, 8, 18, 0.957}, Row{30, 10, 21, 0.957}, Row{50, 18, 33, 0.967}}) {
    const Interval ranks = ranks_of_interval(row.n, 0.5, 0.95);
    CAPTURE(row.n);
    CHECK(ranks.lower == row.lower);
    CHECK(ranks.upper == row.upper);
    CHECK(binomial_probability(row.n, 0.5, ranks.lower, ranks.upper) == Approx(row.coverage).margin(0.0005));
  }
}

TEST_CASE(
    "a quantile's interval covers with at least its confidence, and each side is as tight as it may be") {
  for (const std::size_t n : {1U, 2U, 3U, 5U, 10U, 29U, 30U, 100U, 999U}) {
    for (const double q : {1e-12, 0.001, 0.05, 0.25, 0.5, 0.6180339, 0.95, 0.99, 1.0 - 1e-12}) {
      for (const double confidence : {0.5, 0.9, 0.95, 0.999}) {
        const Interval ranks = ranks_of_interval(n, q, confidence);
        const double tail = (1.0 - confidence) / 2.0;
        CAPTURE(n, q, confidence, ranks.lower, ranks.upper);
        // The quantile lies between X(l) and X(u) where at least l and fewer than u values lie below it.
        CHECK(binomial_probability(n, q, ranks.lower, ranks.upper) > confidence - 1e-10);
        const auto past_all = static_cast<double>(n + 1);
        CHECK(binomial_probability(n, q, 0.0, ranks.lower) < tail + 1e-10);
        CHECK(binomial_probability(n, q, 0.0, ranks.lower + 1.0) > tail - 1e-10);
        CHECK(binomial_probability(n, q, ranks.upper, past_all) < tail + 1e-10);
        CHECK(binomial_probability(n, q, ranks.upper - 1.0, past_all) > tail - 1e-10);
      }
    }
  }
}

TEST_CASE("where the sample does not reach, a quantile's interval ends at the limit of the variable") {
  const Interval burn_fraction = quantile_interval(std::vector{0.2, 0.3}, 0.5, 0.95);
  CHECK(burn_fraction.lower == 0.0);
  CHECK(burn_fraction.upper == 1.0);
  const Interval cells = quantile_interval(std::vector{20.0, 30.0}, 0.5, 0.95, 1.0, 99.0);
  CHECK(cells.lower == 1.0);
  CHECK(cells.upper == 99.0);
}

TEST_CASE(
    "the interval of the 0-quantile ends at the smallest value, that of the 1-quantile begins at the "
    "largest") {
  CHECK(quantile_interval(sample, 0.0, 0.95).lower == 0.0);
  CHECK(quantile_interval(sample, 0.0, 0.95).upper == 0.001);
  CHECK(quantile_interval(sample, 1.0, 0.95).lower == 0.93);
  CHECK(quantile_interval(sample, 1.0, 0.95).upper == 1.0);
}

TEST_CASE("no values have no interval of a quantile") {
  CHECK(std::isnan(quantile_interval({}, 0.5, 0.95).lower));
  CHECK(std::isnan(quantile_interval({}, 0.5, 0.95).upper));
}

TEST_CASE(
    "the conditional value at risk is the mean of the worst share, the border counted by its fraction") {
  // Of the values 1 to 10 the worst quarter is 10, 9 and half of 8: (10 + 9 + 4) / 2.5.
  CHECK(conditional_value_at_risk(ranks_to(10), 0.75) == Approx(9.2).epsilon(1e-14));
  CHECK(conditional_value_at_risk(ranks_to(10), 0.8) == Approx(9.5).epsilon(1e-14));
  CHECK(conditional_value_at_risk(ranks_to(10), 0.0) == Approx(5.5).epsilon(1e-14));
}

TEST_CASE("the conditional value at risk is the largest value where the share is less than one value") {
  for (const double q : {0.9, 0.95, 0.999, 1.0}) CHECK(conditional_value_at_risk(ranks_to(10), q) == 10.0);
}

TEST_CASE("the conditional value at risk is the least of what it minimises") {
  // Rockafellar and Uryasev, 2002, theorem 10: CVaR = min over c of c + E[max(0, x - c)] / (1 - q); a value
  // is a minimiser.
  for (const double q : {0.0, 0.05, 0.3, 0.5, 0.77, 0.85, 0.95}) {
    double least = std::numeric_limits<double>::infinity();
    for (const double c : sample) {
      double excess = 0.0;
      for (const double value : sample) excess += std::max(0.0, value - c);
      least = std::min(least, c + excess / 10.0 / (1.0 - q));
    }
    CHECK(conditional_value_at_risk(sample, q) == Approx(least).epsilon(1e-13));
  }
}

TEST_CASE("equal values have exactly that conditional value at risk, no values have none") {
  for (const double q : {0.0, 0.3, 0.95, 1.0}) {
    CHECK(conditional_value_at_risk(std::vector<double>(7, 0.1), q) == 0.1);
    CHECK(conditional_value_at_risk(std::vector{0.1}, q) == 0.1);
    CHECK(std::isnan(conditional_value_at_risk({}, q)));
  }
}

TEST_CASE("a probability outside [0, 1] or a confidence outside (0, 1) breaks the contract of a quantile") {
  for (const double q : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(quantile(sample, q), BrokenContract);
    CHECK_THROWS_AS(quantile_interval(sample, q, 0.95), BrokenContract);
    CHECK_THROWS_AS(conditional_value_at_risk(sample, q), BrokenContract);
  }
  for (const double confidence : {0.0, 1.0}) {
    CHECK_THROWS_AS(quantile_interval(sample, 0.5, confidence), BrokenContract);
  }
}
