#include "firesweep/statistics/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/paired.hpp"

#include "catch.hpp"
#include "random_stream.hpp"
#include "values.hpp"

using namespace firesweep;

namespace {

/// Lengths of the teeth of sixty guinea pigs, for two ways to give vitamin C, three doses and ten animals
/// each: C. I. Bliss, The Statistics of Bioassay, 1952; R's data set ToothGrowth.
const std::vector<double> teeth = {
    15.2, 21.5, 17.6, 9.7,  14.5, 10.0, 8.2,  9.4,  16.5, 9.7,    // orange juice, half a dose
    19.7, 23.3, 23.6, 26.4, 20.0, 25.2, 25.8, 21.2, 14.5, 27.3,   // one
    25.5, 26.4, 22.4, 24.5, 24.8, 30.9, 26.4, 27.3, 29.4, 23.0,   // two
    4.2,  11.5, 7.3,  5.8,  6.4,  10.0, 11.2, 11.2, 5.2,  7.0,    // ascorbic acid, half a dose
    16.5, 16.5, 15.2, 17.3, 22.5, 17.3, 13.6, 14.5, 18.8, 15.5,   // one
    23.6, 18.5, 33.9, 25.5, 26.4, 32.5, 26.7, 21.5, 23.3, 29.5};  // two

/// Burn fractions of axes with 3, 2 and 2 levels: the first matters much, the second a little, the third not
/// at all. A fire escapes if its luck, half of which all scenarios share, is below the scenario's
/// probability.
std::vector<double> fires(std::size_t seeds, std::uint64_t stream) {
  const RandomStream words(stream);
  std::vector<double> values(12 * seeds);
  for (std::size_t scenario = 0; scenario < 12; ++scenario) {
    const double probability =
        0.1 + 0.3 * static_cast<double>(scenario / 4) + 0.1 * static_cast<double>(scenario / 2 % 2);
    for (std::size_t seed = 0; seed < seeds; ++seed) {
      const double own = uniform(words(seed * 16 + 1 + scenario));
      const double luck = 0.5 * (own + uniform(words(seed * 16)));
      values[scenario * seeds + seed] = luck < probability ? 0.5 + 0.4 * own : 0.01 * own;
    }
  }
  return values;
}

double width(const Interval& interval) {
  return interval.upper - interval.lower;
}

/// Every number of a result, to compare all of them.
std::vector<double> numbers(const Sensitivity& result) {
  std::vector<double> all = {result.mean, result.standard_deviation, result.chance};
  for (const AxisEffect& axis : result.axes) {
    all.insert(all.end(), axis.level_mean.begin(), axis.level_mean.end());
    all.insert(all.end(),
               {axis.lowest, axis.highest, axis.effect, axis.interval.lower, axis.interval.upper,
                axis.normalised, axis.share, axis.share_interval.lower, axis.share_interval.upper});
  }
  return all;
}

}  // namespace

TEST_CASE("sensitivity is the published analysis of variance of the guinea pigs' teeth") {
  // R: summary(aov(len ~ supp * factor(dose), ToothGrowth)): sums of squares 205.4, 2426.4, 108.3, 712.1.
  // Means of the levels are R's as well. The shares are numpy's by the formula of the header: the sums of
  // squares over their total are 0.0595 and 0.7029, noise included.
  const Sensitivity result = sensitivity_of_mean({teeth, {2, 3}}, 0.95, RandomStream(1));
  constexpr double total = 205.35 + 2426.434333333 + 108.319 + 712.106;
  CHECK(result.scenarios == 6);
  CHECK(result.seeds == 10);
  CHECK(result.mean == Approx(18.81333333333333).epsilon(1e-14));
  CHECK(result.standard_deviation == Approx(std::sqrt(total / 60.0)).epsilon(1e-10));
  CHECK(result.chance == Approx((712.106 / 54.0) / (total / 60.0)).epsilon(1e-9));

  const AxisEffect& supplement = result.axes[0];
  CHECK(supplement.level_mean[0] == Approx(20.66333333333333).epsilon(1e-14));
  CHECK(supplement.level_mean[1] == Approx(16.96333333333333).epsilon(1e-14));
  CHECK(supplement.highest_level == 0);
  CHECK(supplement.lowest_level == 1);
  CHECK(supplement.effect == Approx(3.7).epsilon(1e-13));
  CHECK(supplement.interval.lower == Approx(2.2825063009244944).epsilon(1e-9));  // scipy.stats.t.interval
  CHECK(supplement.interval.upper == Approx(5.117493699075506).epsilon(1e-9));
  CHECK(supplement.normalised == Approx(0.487785389726904).epsilon(1e-13));
  CHECK(supplement.share == Approx(0.05777760011377361).epsilon(1e-12));

  const AxisEffect& dose = result.axes[1];
  CHECK(dose.level_mean[1] == Approx(19.735).epsilon(1e-14));
  CHECK(dose.lowest == Approx(10.605).epsilon(1e-14));
  CHECK(dose.highest == Approx(26.1).epsilon(1e-14));
  CHECK(dose.lowest_level == 0);
  CHECK(dose.highest_level == 2);
  // Three pairs of levels: a confidence of 1 - 0.05 / 3.
  CHECK(dose.interval.lower == Approx(11.799681023218172).epsilon(1e-9));
  CHECK(dose.interval.upper == Approx(19.190318976781835).epsilon(1e-9));
  CHECK(dose.share == Approx(0.6962626574338031).epsilon(1e-12));
  CHECK(dose.share_interval.lower > supplement.share_interval.upper);
}

TEST_CASE("without chance or interaction the shares are the axes' own variances, exactly known") {
  // 0, 0.1, 0.2 by one axis and 0, 0.4 by the other: variances 1/150 and 1/25, 1/7 and 6/7 of their sum.
  std::vector<double> values;
  for (const double one : {0.0, 0.1, 0.2}) {
    for (const double other : {0.4, 0.0}) values.insert(values.end(), 8, one + other);
  }
  const Sensitivity result = sensitivity_of_mean({values, {3, 2}}, 0.95, RandomStream(1));
  CHECK(result.standard_deviation == Approx(std::sqrt(1.0 / 150.0 + 1.0 / 25.0)).epsilon(1e-13));
  CHECK(result.chance == Approx(0.0).margin(1e-15));
  CHECK(result.axes[0].share == Approx(1.0 / 7.0).epsilon(1e-12));
  CHECK(result.axes[1].share == Approx(6.0 / 7.0).epsilon(1e-12));
  CHECK(result.axes[0].effect == Approx(0.2).epsilon(1e-13));
  CHECK(result.axes[1].effect == Approx(0.4).epsilon(1e-13));
  CHECK(result.axes[1].highest_level == 0);
  for (const AxisEffect& axis : result.axes) {
    CHECK(width(axis.interval) < 1e-13);
    CHECK(width(axis.share_interval) < 1e-12);
    CHECK(axis.share_interval.lower == Approx(axis.share).epsilon(1e-12));
  }
}

TEST_CASE("what axes only do together is nobody's share") {
  std::vector<double> values;
  for (const double value : {0.25, 0.75, 0.75, 0.25}) values.insert(values.end(), 5, value);
  const Sensitivity result = sensitivity_of_mean({values, {2, 2}}, 0.95, RandomStream(1));
  CHECK(result.chance == 0.0);
  for (const AxisEffect& axis : result.axes) {
    CHECK(axis.effect == 0.0);
    CHECK(axis.share == 0.0);
  }
}

TEST_CASE("the order of the axes does not matter") {
  std::vector<double> turned(teeth.size());
  for (std::size_t one = 0; one < 2; ++one) {
    for (std::size_t other = 0; other < 3; ++other) {
      std::copy_n(teeth.begin() + static_cast<std::ptrdiff_t>((one * 3 + other) * 10), 10,
                  turned.begin() + static_cast<std::ptrdiff_t>((other * 2 + one) * 10));
    }
  }
  const Sensitivity there = sensitivity_of_mean({teeth, {2, 3}}, 0.95, RandomStream(1));
  const Sensitivity back = sensitivity_of_mean({turned, {3, 2}}, 0.95, RandomStream(1));
  for (const std::size_t axis : {0U, 1U}) {
    CHECK(there.axes[axis].share == Approx(back.axes[1 - axis].share).epsilon(1e-12));
    CHECK(there.axes[axis].effect == Approx(back.axes[1 - axis].effect).epsilon(1e-12));
    CHECK(there.axes[axis].share_interval.lower ==
          Approx(back.axes[1 - axis].share_interval.lower).epsilon(1e-10));
  }
}

TEST_CASE("an axis that does nothing has a share and an effect that may be nothing") {
  const std::vector<double> values = fires(500, 1);
  for (const Sensitivity& result :
       {sensitivity_of_mean({values, {3, 2, 2}}, 0.95, RandomStream(1)),
        sensitivity_of_exceedance({values, {3, 2, 2}}, 0.3, 0.95, RandomStream(1))}) {
    CHECK(result.axes[0].share_interval.lower > result.axes[1].share_interval.upper);
    CHECK(result.axes[1].share_interval.lower > 0.0);
    CHECK(result.axes[1].interval.lower > 0.0);
    CHECK(result.axes[2].share_interval.lower == 0.0);
    CHECK(result.axes[2].share < 0.001);
    CHECK(result.axes[2].interval.lower < 0.0);
  }
}

TEST_CASE("the noise of the level means is no part of an axis' share") {
  // Two levels with one mean. The plain share (the variance of the level means over that of the values) is
  // F(1, 19) in units of the noise, whose mean is near 1; less the noise, and never below 0, it is near 2
  // phi(1) = 0.48.
  double plain = 0.0;
  double corrected = 0.0;
  for (std::uint64_t repeat = 0; repeat < 200; ++repeat) {
    std::vector<double> values;
    for (std::uint64_t i = 0; i < 40; ++i) values.push_back(uniform(RandomStream(repeat)(i)));
    const Sensitivity result = sensitivity_of_mean({values, {2}}, 0.95, RandomStream(repeat));
    plain += 0.25 * result.axes[0].normalised * result.axes[0].normalised;
    corrected += result.axes[0].share;
  }
  CHECK(plain / 200.0 == Approx(1.0 / 40.0).epsilon(0.25));
  CHECK(corrected / plain == Approx(0.5).epsilon(0.2));
}

TEST_CASE("the interval of a share that noise could have made covers") {
  // Two levels at -+b of uniform values: b^2 of a variance of b^2 + 1/12. In 400 samples fewer than 358
  // covered would be 5 standard errors below 95 %; percentiles of the resampled share cover about 300.
  constexpr std::size_t seeds = 40;
  constexpr double b = 0.02;
  constexpr double share = b * b / (b * b + 1.0 / 12.0);
  std::size_t covered = 0;
  for (std::uint64_t stream = 0; stream < 400; ++stream) {
    std::vector<double> values;
    for (std::uint64_t i = 0; i < 2 * seeds; ++i)
      values.push_back(uniform(RandomStream(stream)(i)) + (i < seeds ? -b : b));
    const Sensitivity result = sensitivity_of_mean({values, {2}}, 0.95, RandomStream(stream));
    const Interval interval = result.axes[0].share_interval;
    covered += interval.lower <= share && share <= interval.upper ? 1U : 0U;
  }
  CHECK(covered >= 358);
}

TEST_CASE("the exceedance's sensitivity is that of ones and zeros, but for the effect's interval") {
  const std::vector<double> values = fires(100, 2);
  std::vector<double> over;
  for (const double value : values) over.push_back(value > 0.3 ? 1.0 : 0.0);
  const Sensitivity one = sensitivity_of_exceedance({values, {3, 2, 2}}, 0.3, 0.95, RandomStream(1));
  const Sensitivity other = sensitivity_of_mean({over, {3, 2, 2}}, 0.95, RandomStream(1));
  CHECK(one.mean == other.mean);
  CHECK(one.chance == other.chance);
  for (const std::size_t axis : {0U, 1U, 2U}) {
    CHECK(one.axes[axis].level_mean == other.axes[axis].level_mean);
    CHECK(one.axes[axis].share == other.axes[axis].share);
    CHECK(one.axes[axis].share_interval.upper == other.axes[axis].share_interval.upper);
  }
}

TEST_CASE("where no run exceeds, the effect on the exceedance is nothing, but not for certain") {
  const Sensitivity result =
      sensitivity_of_exceedance({fires(98, 3), {3, 2, 2}}, 0.95, 0.95, RandomStream(1));
  const AxisEffect& axis = result.axes[1];
  CHECK(axis.effect == 0.0);
  CHECK(axis.interval.lower == share_difference_interval(std::vector(98, 0.0), 0.95).lower);
  CHECK(axis.interval.upper > 0.0);
  CHECK(std::isnan(axis.share));
  CHECK(std::isnan(axis.share_interval.lower));
  CHECK(std::isnan(axis.normalised));
  CHECK(std::isnan(result.chance));
}

TEST_CASE("seeds that are not ok in every scenario are left out") {
  std::vector<double> values;
  for (std::size_t scenario = 0; scenario < 6; ++scenario) {
    const auto first = teeth.begin() + static_cast<std::ptrdiff_t>(scenario * 10);
    values.push_back(scenario == 4 ? not_ok : 0.5);
    values.insert(values.end(), first, first + 5);
    values.push_back(scenario == 1 ? not_ok : 99.0);
    values.insert(values.end(), first + 5, first + 10);
  }
  const Sensitivity result = sensitivity_of_mean({values, {2, 3}}, 0.95, RandomStream(1));
  CHECK(result.seeds == 10);
  CHECK(numbers(result) == numbers(sensitivity_of_mean({teeth, {2, 3}}, 0.95, RandomStream(1))));
}

TEST_CASE("an axis is judged where all its levels are, when scenarios are left out") {
  // Values by two axes, three seeds each; the scenario (0, 2) has none.
  std::vector<double> values;
  for (const double value : {1.0, 2.0, not_ok, 3.0, 5.0, 9.0}) values.insert(values.end(), 3, value);
  const Sensitivity result = sensitivity_of_mean({values, {2, 3}}, 0.95, RandomStream(1));
  CHECK(result.scenarios == 5);
  CHECK(result.seeds == 3);
  CHECK(result.mean == Approx(4.0).epsilon(1e-14));
  CHECK(result.axes[0].level_mean == std::vector{1.5, 4.0});       // over the second axis' levels 0 and 1
  CHECK(result.axes[1].level_mean == std::vector{3.0, 5.0, 9.0});  // at the first axis' level 1
}

TEST_CASE("shares and chance are of the variance over the same scenarios when some are left out") {
  // i j + i j mod 7 without the first, and luck that grows with j; the shares are numpy's.
  std::vector<double> values;
  for (int i = 1; i <= 4; ++i)
    for (int j = 1; j <= 5; ++j)
      for (const double luck : {0.0, 1.0, -1.0, 0.5})
        values.push_back(i * j == 1 ? not_ok : i * j + i * j % 7 + luck * j);
  const Sensitivity result = sensitivity_of_mean({values, {4, 5}}, 0.95, RandomStream(1));
  CHECK(result.scenarios == 19);
  CHECK(result.axes[0].share == Approx(0.2735746346830213).epsilon(1e-12));
  CHECK(result.axes[1].share == Approx(0.3527299043962881).epsilon(1e-12));
  CHECK(result.chance == Approx(0.22727192925988562).epsilon(1e-12));
  CHECK(result.axes[0].scenarios == 16);
  CHECK(result.axes[1].scenarios == 15);
}

TEST_CASE("nothing of the variance is counted twice, whichever scenarios are left out") {
  std::size_t confounded = 0;
  for (std::uint64_t design = 0; design < 300; ++design) {
    const RandomStream words(design);
    const std::size_t seeds = 2 + design % 9;
    std::vector<double> values = fires(seeds, design);
    const double left_out = 0.1 * static_cast<double>(design % 10);
    for (std::size_t scenario = 0; scenario < 12; ++scenario)
      if (uniform(words(1000 + scenario)) < left_out)
        std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(scenario * seeds), seeds, not_ok);
    for (const Sensitivity& result :
         {sensitivity_of_mean({values, {3, 2, 2}}, 0.95, RandomStream(1)),
          sensitivity_of_exceedance({values, {3, 2, 2}}, 0.3, 0.95, RandomStream(1))}) {
      if (std::isnan(result.chance)) continue;
      double sum = result.chance;
      for (const AxisEffect& axis : result.axes)
        if (!std::isnan(axis.share)) sum += axis.share;
      INFO("design " << design);
      CHECK(sum <= 1.0 + 1e-12);
      confounded += sum > 1.0 - 1e-12 ? 1U : 0U;
    }
  }
  CHECK(confounded > 10);
}

TEST_CASE("axes that only go along with each other divide what they explain") {
  std::vector<double> values;
  for (const double value : {0.0, not_ok, not_ok, 1.0}) values.insert(values.end(), 4, value);
  const Sensitivity result = sensitivity_of_mean({values, {2, 2}}, 0.95, RandomStream(1));
  for (const AxisEffect& axis : result.axes) {
    CHECK(axis.share == Approx(0.5).epsilon(1e-12));
    CHECK(std::isnan(axis.effect));
    CHECK(axis.scenarios == 0);
  }
}

TEST_CASE("an axis without effect has none, to the last bit") {
  // Sums of the same numbers in another order differ by rounding.
  for (std::uint64_t stream = 0; stream < 20; ++stream) {
    const RandomStream words(stream);
    std::vector<double> values;
    for (const std::size_t turn : {0U, 3U})
      for (std::size_t other = 0; other < 7; ++other)
        for (std::size_t seed = 0; seed < 11; ++seed)
          values.push_back(uniform(words((other + turn) % 7 * 11 + seed)));
    const AxisEffect axis = sensitivity_of_mean({values, {2, 7}}, 0.95, RandomStream(1)).axes[0];
    CHECK(axis.effect == 0.0);
    CHECK(axis.share == 0.0);
    CHECK(axis.share_interval.lower == 0.0);
    CHECK(axis.share_interval.upper == 0.0);
    CHECK(axis.interval.lower == 0.0);
    CHECK(axis.interval.upper == 0.0);
  }
}

TEST_CASE("an axis of which one level has values has no share") {
  std::vector<double> values;
  for (const double value : {0.0, 1.0, not_ok, not_ok}) values.insert(values.end(), 4, value);
  const Sensitivity result = sensitivity_of_mean({values, {2, 2}}, 0.95, RandomStream(1));
  CHECK(std::isnan(result.axes[0].share));
  CHECK(result.axes[1].share == Approx(1.0).epsilon(1e-12));
}

TEST_CASE("more than a thousand seeds are drawn in groups, and four times the seeds halve the width") {
  const auto share_width = [](std::size_t seeds) {
    const std::vector<double> values = fires(seeds, 4);
    return width(sensitivity_of_mean({values, {3, 2, 2}}, 0.95, RandomStream(seeds)).axes[0].share_interval);
  };
  // A bootstrap interval's width has a standard error of some 3 %.
  CHECK(share_width(1000) / share_width(4000) == Approx(2.0).epsilon(0.2));
  CHECK(share_width(250) / share_width(1000) == Approx(2.0).epsilon(0.2));
}

TEST_CASE("an axis of one level has a mean and no effect") {
  const Sensitivity result = sensitivity_of_mean({teeth, {2, 1, 3}}, 0.95, RandomStream(1));
  const AxisEffect& axis = result.axes[1];
  CHECK(axis.level_mean == std::vector{result.mean});
  CHECK(axis.lowest == result.mean);
  CHECK(std::isnan(axis.effect));
  CHECK(std::isnan(axis.share));
  CHECK(std::isnan(axis.interval.lower));
  CHECK(result.axes[2].share == Approx(0.6962626574338031).epsilon(1e-12));
}

TEST_CASE("one seed has effects and no intervals or shares, none has nothing") {
  const std::vector<double> single = {0.1, 0.2, 0.3, 0.4};
  for (const Sensitivity& one : {sensitivity_of_mean({single, {2, 2}}, 0.95, RandomStream(1)),
                                 sensitivity_of_exceedance({single, {2, 2}}, 0.25, 0.95, RandomStream(1))}) {
    CHECK(one.seeds == 1);
    CHECK(one.axes[0].effect > 0.0);
    CHECK(std::isnan(one.axes[0].interval.lower));
    CHECK(std::isnan(one.axes[0].share));
    CHECK(std::isnan(one.chance));
  }
  // No seed is ok in both scenarios; then no scenario has any seed.
  for (const std::vector<double>& none : {std::vector{not_ok, 0.5, 0.5, not_ok}, std::vector(4, not_ok)}) {
    const Sensitivity nothing = sensitivity_of_mean({none, {2}}, 0.95, RandomStream(1));
    CHECK(nothing.seeds == 0);
    CHECK(std::isnan(nothing.mean));
    CHECK(std::isnan(nothing.axes[0].effect));
    CHECK(std::isnan(nothing.axes[0].level_mean[1]));
  }
}

TEST_CASE("two and three seeds have intervals") {
  for (const std::size_t seeds : {2U, 3U}) {
    const std::vector<double> values = fires(seeds, 6);
    for (const AxisEffect& axis : sensitivity_of_mean({values, {3, 2, 2}}, 0.95, RandomStream(1)).axes) {
      CHECK(axis.interval.lower <= axis.interval.upper);
      CHECK(axis.share_interval.lower <= axis.share_interval.upper);
      CHECK(axis.share >= 0.0);
    }
  }
}

TEST_CASE("values that do not fill the design, or a confidence outside (0, 1), break the contract") {
  CHECK_THROWS_AS(sensitivity_of_mean({teeth, {7, 3}}, 0.95, RandomStream(1)), BrokenContract);
  CHECK_THROWS_AS(sensitivity_of_mean({teeth, {2, 0}}, 0.95, RandomStream(1)), BrokenContract);
  CHECK_THROWS_AS(sensitivity_of_mean({teeth, {2, 3}}, 1.0, RandomStream(1)), BrokenContract);
}
