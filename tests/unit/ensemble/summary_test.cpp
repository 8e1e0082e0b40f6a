#include "firesweep/ensemble/summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "firesweep/check/contract.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
const std::vector<double> ten_runs_and_two_failed = {.31, missing, .02, .77,  .5,  .5,
                                                     .09, missing, .64, .001, .93, .28};

OutputChoices choices_of(std::vector<double> thresholds, std::vector<double> quantiles, double confidence) {
  OutputChoices choices;
  choices.thresholds = std::move(thresholds);
  choices.quantiles = std::move(quantiles);
  choices.confidence = confidence;
  return choices;
}

bool is_nan(const Interval& interval) {
  return std::isnan(interval.lower) && std::isnan(interval.upper);
}

}  // namespace

TEST_CASE("a summary's estimates are those of numpy and scipy over the runs that are ok") {
  // y = x[~numpy.isnan(x)]
  const Summary summary = summarise(ten_runs_and_two_failed, choices_of({0.01, 0.5}, {0.5, 0.9}, 0.9));
  CHECK(summary.runs_ok == 10);
  CHECK(summary.mean.count == 10);
  CHECK(summary.mean.mean == Approx(0.4041).epsilon(1e-14));
  CHECK(summary.mean.standard_deviation == Approx(0.3192757254926984).epsilon(1e-14));  // y.std(ddof=1)
  CHECK(summary.mean.standard_error == Approx(0.1009638494159612).epsilon(1e-14));      // scipy.stats.sem(y)
  // scipy.stats.t.interval(0.9, 9, y.mean(), scipy.stats.sem(y))
  CHECK(summary.mean_ci.lower == Approx(0.21902186190510747).epsilon(1e-10));
  CHECK(summary.mean_ci.upper == Approx(0.5891781380948925).epsilon(1e-10));

  REQUIRE(summary.quantile.size() == 2);
  CHECK(summary.quantile[0] == Approx(0.405).epsilon(1e-14));  // numpy.quantile(y, [0.5, 0.9])
  CHECK(summary.quantile[1] == Approx(0.786).epsilon(1e-14));
  REQUIRE(summary.quantile_ci.size() == 2);
  // Ranks scipy.stats.binom.ppf(0.05, 10, q) and isf(0.05, 10, q) + 1: 2 and 9, 7 and 11.
  CHECK(summary.quantile_ci[0].lower == 0.02);
  CHECK(summary.quantile_ci[0].upper == 0.77);
  CHECK(summary.quantile_ci[1].lower == 0.5);
  CHECK(summary.quantile_ci[1].upper == 1.0);
  REQUIRE(summary.cvar.size() == 2);
  CHECK(summary.cvar[0] == Approx((.5 + .5 + .64 + .77 + .93) / 5).epsilon(1e-14));  // the upper five
  CHECK(summary.cvar[1] == Approx(0.93).epsilon(1e-14));                             // the highest

  REQUIRE(summary.exceedance.size() == 2);
  CHECK(summary.exceedance[0] == 0.9);
  CHECK(summary.exceedance[1] == 0.3);  // over 0.5, so the two runs at 0.5 do not count
  REQUIRE(summary.exceedance_ci.size() == 2);
  // scipy.stats.binomtest(k, 10).proportion_ci(0.9, 'wilson'), k = 9 and 3
  CHECK(summary.exceedance_ci[0].lower == Approx(0.6522813326641417).epsilon(1e-13));
  CHECK(summary.exceedance_ci[0].upper == Approx(0.9773650912691327).epsilon(1e-13));
  CHECK(summary.exceedance_ci[1].lower == Approx(0.1268765839031979).epsilon(1e-13));
  CHECK(summary.exceedance_ci[1].upper == Approx(0.5583002041301649).epsilon(1e-13));
  REQUIRE(summary.exceedance_size.size() == 2);
  CHECK(summary.exceedance_size[1] == Approx(0.78).epsilon(1e-14));  // z = y[y > 0.5]
  REQUIRE(summary.exceedance_size_ci.size() == 2);
  // scipy.stats.t.interval(0.9, 2, z.mean(), scipy.stats.sem(z))
  CHECK(summary.exceedance_size_ci[1].lower == Approx(0.5351154944617664).epsilon(1e-10));
  CHECK(summary.exceedance_size_ci[1].upper == Approx(1.0248845055382336).epsilon(1e-10));
  CHECK_FALSE(summary.is_bimodal());
}

TEST_CASE("a summary's bounds count runs that are not ok as the least and as the greatest there could be") {
  const Summary summary = summarise(ten_runs_and_two_failed, choices_of({0.5}, {0.5}, 0.9));
  CHECK(summary.mean_bounds.lower == Approx(4.041 / 12).epsilon(1e-14));
  CHECK(summary.mean_bounds.upper == Approx(6.041 / 12).epsilon(1e-14));
  // The median of twelve values, two zeros or two ones among them.
  CHECK(summary.quantile_bounds[0].lower == Approx((.28 + .31) / 2).epsilon(1e-14));
  CHECK(summary.quantile_bounds[0].upper == Approx(.5).epsilon(1e-14));
  CHECK(summary.cvar_bounds[0].lower == Approx((.31 + .5 + .5 + .64 + .77 + .93) / 6).epsilon(1e-14));
  CHECK(summary.cvar_bounds[0].upper == Approx((.5 + .64 + .77 + .93 + 2) / 6).epsilon(1e-14));
  CHECK(summary.exceedance_bounds[0].lower == 3.0 / 12);
  CHECK(summary.exceedance_bounds[0].upper == 5.0 / 12);
}

TEST_CASE("a summary's band holds for all thresholds at once") {
  const Summary summary = summarise(ten_runs_and_two_failed, choices_of({0.01, 0.5}, {}, 0.9));
  const double half = std::sqrt(std::log(2.0 / 0.1) / 20);
  REQUIRE(summary.exceedance_band.size() == 2);
  CHECK(summary.exceedance_band[0].lower == Approx(0.9 - half).epsilon(1e-14));
  CHECK(summary.exceedance_band[0].upper == 1.0);
  CHECK(summary.exceedance_band[1].lower == 0.0);
  CHECK(summary.exceedance_band[1].upper == Approx(0.3 + half).epsilon(1e-14));
}

TEST_CASE("a summary is bootstrapped only with words to draw from") {
  const OutputChoices choices = choices_of({}, {}, 0.9);
  CHECK(is_nan(summarise(ten_runs_and_two_failed, choices).mean_bootstrap_ci));
  // Every resample is the first value, ten times over: the least of ten is never drawn.
  const auto zeros = [](std::uint64_t, std::span<std::uint64_t> words) { std::ranges::fill(words, 0U); };
  const Summary summary = summarise(ten_runs_and_two_failed, choices, zeros);
  CHECK(summary.mean_bootstrap_ci.lower == Approx(0.31).epsilon(1e-14));
  CHECK(summary.mean_bootstrap_ci.upper == Approx(0.31).epsilon(1e-14));
}

TEST_CASE("a summary of no runs has every estimate in its shape, and NaN") {
  for (const std::vector<double>& runs : {std::vector<double>{}, std::vector<double>{missing, missing}}) {
    const Summary summary = summarise(runs, choices_of({0.01, 0.1, 0.5}, {0.5, 0.9}, 0.95));
    CHECK(summary.runs_ok == 0);
    CHECK(std::isnan(summary.mean.mean));
    CHECK(std::isnan(summary.mean.standard_deviation));
    CHECK(std::isnan(summary.mean.standard_error));
    CHECK(is_nan(summary.mean_ci));
    CHECK(is_nan(summary.mean_bootstrap_ci));
    const auto holds_nan = [](double value) { return std::isnan(value); };
    CHECK(summary.quantile.size() == 2);
    CHECK(std::ranges::all_of(summary.quantile, holds_nan));
    CHECK(summary.quantile_ci.size() == 2);
    CHECK(std::ranges::all_of(summary.quantile_ci, is_nan));
    CHECK(summary.cvar.size() == 2);
    CHECK(std::ranges::all_of(summary.cvar, holds_nan));
    CHECK(summary.exceedance.size() == 3);
    CHECK(std::ranges::all_of(summary.exceedance, holds_nan));
    CHECK(summary.exceedance_ci.size() == 3);
    CHECK(std::ranges::all_of(summary.exceedance_ci, is_nan));
    CHECK(summary.exceedance_band.size() == 3);
    CHECK(std::ranges::all_of(summary.exceedance_band, is_nan));
    CHECK_FALSE(summary.is_bimodal());
  }
}

TEST_CASE("a summary of one run has its value, but neither deviation nor interval of the mean") {
  const Summary summary = summarise(std::vector{0.25}, choices_of({0.1}, {0.5}, 0.95));
  CHECK(summary.mean.mean == 0.25);
  CHECK(std::isnan(summary.mean.standard_error));
  CHECK(is_nan(summary.mean_ci));
  CHECK(summary.quantile[0] == 0.25);
  CHECK(summary.quantile_ci[0].lower == 0.0);
  CHECK(summary.quantile_ci[0].upper == 1.0);
  CHECK(summary.cvar[0] == 0.25);
  CHECK(summary.exceedance[0] == 1.0);
  CHECK(summary.exceedance_ci[0].upper == 1.0);
}

TEST_CASE("a summary may be asked for no quantiles and no thresholds") {
  const Summary summary = summarise(ten_runs_and_two_failed, choices_of({}, {}, 0.95));
  CHECK(summary.runs_ok == 10);
  CHECK(summary.quantile.empty());
  CHECK(summary.quantile_ci.empty());
  CHECK(summary.cvar.empty());
  CHECK(summary.exceedance.empty());
  CHECK(summary.exceedance_ci.empty());
}

TEST_CASE("a summary says where fires either die or run away") {
  std::vector<double> runs;
  for (int i = 0; i < 100; ++i) runs.push_back(i % 5 == 0 ? 0.0001 : 0.6 + 0.001 * (i % 7));
  const Summary summary = summarise(runs, {});
  REQUIRE(summary.is_bimodal());
  CHECK(summary.kinds.modes.border == 0.0001);
  CHECK(summary.kinds.modes.upper_share == 0.8);
}

TEST_CASE("a summary bounds both kinds of fire by what runs that are not ok may have done") {
  std::vector<double> runs(25, missing);
  for (int i = 0; i < 75; ++i) runs.push_back(i % 5 == 0 ? 0.001 : 0.6);  // 15 stay small
  const Summary summary = summarise(runs, {});
  REQUIRE(summary.is_bimodal());
  CHECK(summary.kinds.upper_share_bounds.lower == 0.6);
  CHECK(summary.kinds.upper_share_bounds.upper == 0.85);
  CHECK(summary.kinds.upper_mean_bounds.lower == Approx((60 * 0.6 + 25 * 0.001) / 85).epsilon(1e-14));
  CHECK(summary.kinds.upper_mean_bounds.upper == Approx((60 * 0.6 + 25) / 85).epsilon(1e-14));
}

TEST_CASE("burn fractions are burnt cells over all cells, in the order of the records, NaN unless ok") {
  std::vector<RunRecord> records(4);
  records[0].status = RunStatus::ok;
  records[0].burnt_cells = 16;
  records[1].status = RunStatus::failed;
  records[1].burnt_cells = 5;
  records[3].status = RunStatus::ok;
  records[3].burnt_cells = 61;
  records[3].burning_cells = 3;
  const std::vector<double> fractions = burn_fractions(RunColumns(records), 64);
  REQUIRE(fractions.size() == 4);
  CHECK(fractions[0] == 0.25);
  CHECK(std::isnan(fractions[1]));
  CHECK(std::isnan(fractions[2]));
  CHECK(fractions[3] == 61.0 / 64.0);  // what still burns has not burnt
}

TEST_CASE("a landscape without cells breaks the contract of burn fractions") {
  CHECK_THROWS_AS(burn_fractions(RunColumns(), 0), BrokenContract);
}
