#include "firesweep/statistics/interval.hpp"

#include <cmath>
#include <limits>

#include "firesweep/check/contract.hpp"

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("Wilson's interval is the published one") {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods",
  // Statist. Med. 17 (1998) 857-872, table I, method 3.
  struct Row {
    unsigned successes, trials;
    double lower, upper;
  };
  for (const Row& row : {Row{81, 263, 0.2553, 0.3662}, Row{15, 148, 0.0624, 0.1605}, Row{0, 20, 0.0, 0.1611},
                         Row{1, 29, 0.0061, 0.1718}}) {
    const Interval interval = wilson_interval(row.successes, row.trials, 0.95);
    CHECK(interval.lower == Approx(row.lower).margin(0.00005));
    CHECK(interval.upper == Approx(row.upper).margin(0.00005));
  }
}

TEST_CASE("Wilson's interval is that of scipy, from ten to ten million trials") {
  // scipy.stats.binomtest(k, n).proportion_ci(confidence, 'wilson')
  struct Row {
    unsigned successes, trials;
    double confidence, lower, upper, relative_error;
  };
  // scipy loses digits to cancellation where successes are few.
  for (const Row& row : {Row{3, 10, 0.99, 0.07956631652306578, 0.6799753207988974, 1e-14},
                         Row{5'000'000, 10'000'000, 0.95, 0.49969010254337065, 0.5003098974566293, 1e-14},
                         Row{7, 10'000'000, 0.95, 3.390864240585964e-07, 1.445058772638786e-06, 1e-9}}) {
    const Interval interval = wilson_interval(row.successes, row.trials, row.confidence);
    CHECK(interval.lower == Approx(row.lower).epsilon(row.relative_error));
    CHECK(interval.upper == Approx(row.upper).epsilon(row.relative_error));
  }
}

TEST_CASE("Wilson's bounds are the probabilities that lie z standard errors from the share seen") {
  for (const double confidence : {0.5, 0.95, 0.999}) {
    const double z = normal_quantile_two_sided(confidence);
    for (const unsigned trials : {1U, 2U, 3U, 17U, 1000U}) {
      for (unsigned successes = 0; successes <= trials; successes += 1 + trials / 7) {
        const double share = static_cast<double>(successes) / trials;
        const Interval interval = wilson_interval(successes, trials, confidence);
        for (const double p : {interval.lower, interval.upper}) {
          CHECK(std::abs(share - p) == Approx(z * std::sqrt(p * (1.0 - p) / trials)).margin(1e-12));
        }
      }
    }
  }
}

TEST_CASE("no successes have exactly the lower bound 0, nothing else exactly the upper bound 1") {
  for (const unsigned trials : {1U, 2U, 20U, 1000U, 10'000'000U}) {
    const double z = normal_quantile_two_sided(0.95);
    const Interval none = wilson_interval(0, trials, 0.95);
    CHECK(none.lower == 0.0);
    CHECK(none.upper == Approx(z * z / (trials + z * z)).epsilon(1e-14));
    const Interval all = wilson_interval(trials, trials, 0.95);
    CHECK(all.lower == Approx(trials / (trials + z * z)).epsilon(1e-14));
    CHECK(all.upper == 1.0);
  }
}

TEST_CASE("Wilson's interval holds the share seen and stays within [0, 1]") {
  for (const double confidence : {1e-9, 0.5, 0.95, 1.0 - 1e-12}) {
    for (unsigned successes = 0; successes <= 50; ++successes) {
      const Interval interval = wilson_interval(successes, 50, confidence);
      CHECK(interval.lower >= 0.0);
      CHECK(interval.lower <= successes / 50.0);
      CHECK(interval.upper >= successes / 50.0);
      CHECK(interval.upper <= 1.0);
    }
  }
}

TEST_CASE("no trials have no interval") {
  const Interval interval = wilson_interval(0, 0, 0.95);
  CHECK(std::isnan(interval.lower));
  CHECK(std::isnan(interval.upper));
}

TEST_CASE("the two-sided normal quantile is that of scipy") {
  // scipy.stats.norm.isf((1 - c) / 2)
  CHECK(normal_quantile_two_sided(0.5) == Approx(0.6744897501960817).epsilon(1e-14));
  CHECK(normal_quantile_two_sided(0.9) == Approx(1.6448536269514729).epsilon(1e-14));
  CHECK(normal_quantile_two_sided(0.95) == Approx(1.959963984540054).epsilon(1e-14));
  CHECK(normal_quantile_two_sided(0.99) == Approx(2.5758293035489004).epsilon(1e-14));
  CHECK(normal_quantile_two_sided(0.999999) == Approx(4.8916384756929325).epsilon(1e-12));
}

TEST_CASE("the confidence next to one still has a finite quantile") {
  CHECK(normal_quantile_two_sided(std::nextafter(1.0, 0.0)) == Approx(8.292361075813597).epsilon(1e-12));
}

TEST_CASE(
    "a confidence outside (0, 1) or more successes than trials break the contract of Wilson's interval") {
  CHECK_THROWS_AS(wilson_interval(1, 2, 0.0), BrokenContract);
  CHECK_THROWS_AS(wilson_interval(1, 2, 1.0), BrokenContract);
  CHECK_THROWS_AS(wilson_interval(0, 0, std::numeric_limits<double>::quiet_NaN()), BrokenContract);
  CHECK_THROWS_AS(wilson_interval(3, 2, 0.95), BrokenContract);
}

TEST_CASE("Newcombe's interval of a difference is the published one") {
  // R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
  // methods", Statist. Med. 17 (1998) 873-890, table II, method 10.
  struct Row {
    unsigned first, of_first, second, of_second;
    double lower, upper;
  };
  for (const Row& row : {Row{56, 70, 48, 80, 0.0524, 0.3339}, Row{9, 10, 3, 10, 0.1705, 0.8090},
                         Row{6, 7, 2, 7, 0.0582, 0.8062}, Row{5, 56, 0, 29, -0.0381, 0.1926},
                         Row{0, 10, 0, 20, -0.1611, 0.2775}, Row{10, 10, 0, 10, 0.6075, 1.0}}) {
    const Interval interval = newcombe_interval(
        static_cast<double>(row.first) / row.of_first, wilson_interval(row.first, row.of_first, 0.95),
        static_cast<double>(row.second) / row.of_second, wilson_interval(row.second, row.of_second, 0.95));
    CHECK(interval.lower == Approx(row.lower).margin(0.00005));
    CHECK(interval.upper == Approx(row.upper).margin(0.00005));
  }
}
