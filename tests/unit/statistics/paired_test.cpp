#include "firesweep/statistics/paired.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/interval.hpp"

#include "catch.hpp"
#include "values.hpp"

using namespace firesweep;

namespace {

/// Hours of sleep that ten patients gained by two drugs: Student, "The probable error of a mean", Biometrika
/// 6 (1908) 1-25.
const std::vector<double> first_drug = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
const std::vector<double> second_drug = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

/// Pairs of values 0 and 1, as often as each outcome is seen.
struct Outcomes {
  std::vector<double> first;
  std::vector<double> second;

  void add(int times, double one, double other) {
    for (int i = 0; i < times; ++i) {
      first.push_back(one);
      second.push_back(other);
    }
  }
};

}  // namespace

TEST_CASE("Student's own example of a paired difference") {
  // R: t.test(extra ~ group, data = sleep, paired = TRUE), which prints -2.4598858 and -0.7001142.
  const PairedDifference paired = paired_difference(first_drug, second_drug, 0.95);
  CHECK(paired.difference.count == 10);
  CHECK(paired.difference.mean == Approx(-1.58).epsilon(1e-14));
  CHECK(paired.difference.standard_deviation == Approx(1.229995).epsilon(1e-6));
  CHECK(paired.interval.lower == Approx(-2.4598858).margin(5e-8));
  CHECK(paired.interval.upper == Approx(-0.7001142).margin(5e-8));
  CHECK(paired.correlation == Approx(0.7951702).margin(5e-8));
  CHECK(paired.variance_reduction == Approx(4.765423031727379).epsilon(1e-13));  // numpy
}

TEST_CASE("with equal variances the variance-reduction factor is 1 / (1 - correlation)") {
  const std::vector<double> first = {1, 2, 3, 4, 5, 6};
  const std::vector<double> second = {2, 1, 3, 4, 6, 5};
  const PairedDifference paired = paired_difference(first, second, 0.95);
  CHECK(paired.variance_reduction == Approx(1.0 / (1.0 - paired.correlation)).epsilon(1e-13));
  CHECK(paired.difference.mean == 0.0);
}

TEST_CASE("opposite luck makes pairing a loss") {
  const PairedDifference paired =
      paired_difference(std::vector{1.0, 2.0, 3.0}, std::vector{3.0, 2.0, 1.0}, 0.95);
  CHECK(paired.correlation == -1.0);
  CHECK(paired.variance_reduction == Approx(0.5).epsilon(1e-14));
}

TEST_CASE("a pair counts only if both its runs are ok") {
  std::vector<double> first = first_drug;
  std::vector<double> second = second_drug;
  first.insert(first.begin(), {not_ok, 100.0, not_ok});
  second.insert(second.begin(), {100.0, not_ok, not_ok});
  const PairedDifference paired = paired_difference(first, second, 0.95);
  CHECK(paired.difference.count == 10);
  CHECK(paired.difference.mean == paired_difference(first_drug, second_drug, 0.95).difference.mean);
  CHECK(paired_exceedance(first, second, 1.0, 0.95).count == 10);
}

TEST_CASE("the variance-reduction factor is defined where nothing varies") {
  const PairedDifference same = paired_difference(first_drug, first_drug, 0.95);
  CHECK(same.variance_reduction == std::numeric_limits<double>::infinity());
  CHECK(same.correlation == Approx(1.0).epsilon(1e-14));
  CHECK(same.interval.lower == 0.0);
  CHECK(same.interval.upper == 0.0);

  const std::vector<double> constant(10, 0.1);
  const PairedDifference neither = paired_difference(constant, std::vector(10, 0.3), 0.95);
  CHECK(neither.variance_reduction == 1.0);
  CHECK(std::isnan(neither.correlation));
  const PairedDifference one = paired_difference(first_drug, constant, 0.95);
  CHECK(one.variance_reduction == Approx(1.0).epsilon(1e-14));
  CHECK(std::isnan(one.correlation));
}

TEST_CASE("swapping the two turns the difference around") {
  const PairedDifference one = paired_difference(first_drug, second_drug, 0.95);
  const PairedDifference other = paired_difference(second_drug, first_drug, 0.95);
  CHECK(other.difference.mean == -one.difference.mean);
  CHECK(other.interval.lower == -one.interval.upper);
  CHECK(other.variance_reduction == one.variance_reduction);
}

TEST_CASE("one common seed has a difference and no interval, none has nothing") {
  const PairedDifference one = paired_difference(std::vector{0.5, not_ok}, std::vector{0.25, 0.5}, 0.95);
  CHECK(one.difference.mean == 0.25);
  CHECK(std::isnan(one.interval.lower));
  CHECK(std::isnan(one.variance_reduction));
  CHECK(std::isnan(one.correlation));
  const PairedDifference none = paired_difference(std::vector{not_ok}, std::vector{0.5}, 0.95);
  CHECK(none.difference.count == 0);
  CHECK(std::isnan(none.difference.mean));
  CHECK(std::isnan(paired_exceedance(std::vector{not_ok}, std::vector{0.5}, 0.1, 0.95).difference));
  CHECK(std::isnan(paired_exceedance(std::vector{not_ok}, std::vector{0.5}, 0.1, 0.95).interval.lower));
}

TEST_CASE("a paired difference of proportions is the published one") {
  // R: statpsych::ci.prop.ps(.05, 12, 4, 26, 6), whose manual prints 0.2548067 and 0.6251933 (Bonett and
  // Price, 2012): 12 never, 4 only the second, 26 only the first, 6 both.
  Outcomes outcomes;
  outcomes.add(12, 0.0, 0.0);
  outcomes.add(4, 0.0, 1.0);
  outcomes.add(26, 1.0, 0.0);
  outcomes.add(6, 1.0, 1.0);
  const PairedExceedance paired = paired_exceedance(outcomes.first, outcomes.second, 0.5, 0.95);
  CHECK(paired.count == 48);
  CHECK(paired.difference == Approx(22.0 / 48.0).epsilon(1e-14));
  CHECK(paired.interval.lower == Approx(0.2548067).margin(5e-8));
  CHECK(paired.interval.upper == Approx(0.6251933).margin(5e-8));
}

TEST_CASE("of many pairs the difference of proportions is Wald's") {
  // Approval of a prime minister in two surveys of the same 1600: A. Agresti, Categorical Data Analysis, 2nd
  // ed., 2002, section 10.1.1: 794 both times, 150 only the first, 86 only the second, 570 never; 0.02 to
  // 0.06.
  Outcomes outcomes;
  outcomes.add(794, 1.0, 1.0);
  outcomes.add(150, 1.0, 0.0);
  outcomes.add(86, 0.0, 1.0);
  outcomes.add(570, 0.0, 0.0);
  const PairedExceedance paired = paired_exceedance(outcomes.first, outcomes.second, 0.5, 0.95);
  CHECK(paired.difference == Approx(0.04).epsilon(1e-13));
  CHECK(paired.interval.lower == Approx(0.02).margin(0.005));
  CHECK(paired.interval.upper == Approx(0.06).margin(0.005));
}

TEST_CASE("where no pair differs the interval of the shares still has a width") {
  const std::vector<double> none(98, 0.0);
  const Interval interval = share_difference_interval(none, 0.95);
  CHECK(interval.upper == Approx(normal_quantile_two_sided(0.95) * std::sqrt(2.0) / 100.0).epsilon(1e-14));
  CHECK(interval.lower == -interval.upper);
}

TEST_CASE("the interval of a difference of shares lies within [-1, 1]") {
  for (const std::size_t count : {1U, 2U, 5U, 50U}) {
    CHECK(share_difference_interval(std::vector(count, 1.0), 0.95).upper <= 1.0);
    CHECK(share_difference_interval(std::vector(count, -1.0), 0.95).lower >= -1.0);
  }
}

TEST_CASE("pairs of different lengths or a confidence outside (0, 1) break the contract of pairs") {
  CHECK_THROWS_AS(paired_difference(first_drug, std::vector{1.0}, 0.95), BrokenContract);
  CHECK_THROWS_AS(paired_exceedance(first_drug, std::vector{1.0}, 0.5, 0.95), BrokenContract);
  CHECK_THROWS_AS(paired_difference(first_drug, second_drug, 1.0), BrokenContract);
  CHECK_THROWS_AS(share_difference_interval(first_drug, 0.0), BrokenContract);
}
