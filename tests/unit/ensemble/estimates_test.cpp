#include "firesweep/ensemble/estimates.hpp"

#include <cmath>
#include <vector>

#include "firesweep/experiment/bootstrap_words.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

/// Two winds, three danger levels and one place, 8 x 8 cells, four seeds; the second level is excluded at the
/// first wind.
Experiment experiment() {
  Experiment made;
  made.base.extent = {8, 8};
  made.axes = {ParameterAxis{find_parameter("wind_speed"), {20.0, 60.0}},
               DangerLevelAxis{{DangerLevel::low, DangerLevel::high, DangerLevel::extreme}},
               IgnitionSetAxis{{{"centre", IgnitionPoints{{4, 4}}}}}};
  made.seeds = {Seed{1}, Seed{2}, Seed{3}, Seed{4}};
  made.exclude = {{{{0, 0}, {1, 1}}}};
  made.outputs = {.maps = false, .curves = false, .thresholds = {0.25}, .quantiles = {0.5}};
  return made;
}

/// Cells burnt by each seed's fire, shape (scenarios, seeds).
const std::vector<std::vector<std::uint64_t>> burnt_cells = {
    {1, 2, 3, 4}, {}, {9, 20, 31, 42}, {2, 4, 2, 4}, {5, 6, 17, 38}, {60, 50, 64, 62}};

void merge_all(const Plan& plan, Results& results) {
  for (std::size_t s = 0; s < plan.scenarios(); ++s) {
    if (plan.is_excluded(s)) continue;
    std::vector<RunRecord> records;
    for (const std::uint64_t cells : burnt_cells[s])
      records.push_back({.burnt_cells = cells, .status = RunStatus::ok});
    results.merge({.block = {s, 0, 4}, .records = RunColumns(records), .failures = {}, .tally = {}});
  }
}

}  // namespace

TEST_CASE("danger levels are compared pair by pair at every place of the other axes") {
  const Plan plan(experiment());
  Results results(plan);
  merge_all(plan, results);
  const Estimates estimates = estimate(results);
  REQUIRE(estimates.differences.size() == 2);
  const AxisDifferences& differences = estimates.differences[1];
  CHECK(differences.axis == 1);
  REQUIRE(differences.pairs.size() == 3);
  CHECK(differences.pairs[1].first == 0);
  CHECK(differences.pairs[1].second == 2);
  CHECK(differences.pairs[2].first == 1);
  CHECK(differences.pairs[2].second == 2);
  REQUIRE(differences.between.size() == 2 * 3);
  // low to extreme at the first wind: 8, 18, 28 and 38 cells more
  CHECK(differences.between[1].mean.difference.mean == Approx(23.0 / 64.0));
  CHECK(differences.between[1].mean.difference.count == 4);
  CHECK(differences.between[1].exceedance[0].difference == 0.75);  // 20, 31 and 42 of 64 cells are over 1/4
  // high to extreme at the second
  CHECK(differences.between[5].mean.difference.mean == Approx((55.0 + 44.0 + 47.0 + 24.0) / 4.0 / 64.0));
  CHECK(differences.between[5].mean_bounds.lower == differences.between[5].mean_bounds.upper);
}

TEST_CASE("an excluded scenario has no estimates, bounds included, and is compared with nothing") {
  const Plan plan(experiment());
  Results results(plan);
  merge_all(plan, results);
  const Estimates estimates = estimate(results);
  const Summary& excluded = estimates.scenarios[1];
  CHECK(std::isnan(excluded.mean.mean));
  CHECK(std::isnan(excluded.mean_bounds.lower));
  CHECK(std::isnan(excluded.quantile_bounds[0].upper));
  CHECK(std::isnan(excluded.exceedance_bounds[0].upper));
  for (const std::size_t pair : {0U, 2U}) {
    const PairDifference& difference = estimates.differences[1].between[pair];
    CHECK(difference.mean.difference.count == 0);
    CHECK(std::isnan(difference.mean.difference.mean));
    CHECK(std::isnan(difference.mean_bounds.lower));
    CHECK(std::isnan(difference.exceedance_bounds[0].lower));
  }
  REQUIRE(estimates.sensitivity);
  CHECK(estimates.sensitivity->mean.scenarios == 5);
}

TEST_CASE("runs that are not known widen the bounds of their scenario and of its differences") {
  const Plan plan(experiment());
  Results results(plan);
  results.merge({.block = {3, 0, 2},
                 .records = {{.burnt_cells = 16, .status = RunStatus::ok}, {.status = RunStatus::failed}},
                 .failures = {{3, 1, "lost"}},
                 .tally = {}});
  const Estimates estimates = estimate(results);
  // One fire of a quarter; one failed and two are missing.
  CHECK(estimates.scenarios[3].mean_bounds.lower == 0.0625);
  CHECK(estimates.scenarios[3].mean_bounds.upper == 0.8125);
  CHECK(estimates.scenarios[0].mean_bounds.upper == 1.0);
  CHECK(estimates.differences[1].between[3].mean_bounds.lower == -0.8125);
  CHECK(estimates.differences[1].between[3].mean_bounds.upper == 0.9375);
}

TEST_CASE("axes with a single value are no axes of the sensitivity, and one axis alone has none") {
  const Plan plan(experiment());
  Results results(plan);
  merge_all(plan, results);
  const Estimates estimates = estimate(results);
  REQUIRE(estimates.sensitivity);
  CHECK(estimates.sensitivity->axes == std::vector<std::size_t>{0, 1});
  CHECK(estimates.sensitivity->exceedance.size() == 1);

  Experiment one_axis = experiment();
  one_axis.exclude.clear();
  one_axis.axes.erase(one_axis.axes.begin());
  const Plan smaller(one_axis);
  const Estimates fewer = estimate(Results(smaller));
  CHECK(fewer.differences.size() == 1);
  CHECK_FALSE(fewer.sensitivity);
}

TEST_CASE("an axis of one value is not compared") {
  Experiment one_level = experiment();
  one_level.exclude.clear();
  one_level.axes[1] = DangerLevelAxis{{DangerLevel::low}};
  const Plan plan(one_level);
  const Estimates estimates = estimate(Results(plan));
  REQUIRE(estimates.differences.size() == 1);
  CHECK(estimates.differences[0].axis == 0);
}

TEST_CASE("the bootstrap draws the experiment's words in every scenario") {
  const Plan plan(experiment());
  Results results(plan);
  merge_all(plan, results);
  const RandomWords words = bootstrap_words(plan.experiment());
  const Estimates estimates = estimate(results);
  for (const std::size_t s : {0U, 3U, 5U}) {
    const Interval expected = bca_mean_interval(burn_fractions(results.records(s), 64),
                                                plan.experiment().outputs.confidence, words);
    CHECK(estimates.scenarios[s].mean_bootstrap_ci.lower == expected.lower);
    CHECK(estimates.scenarios[s].mean_bootstrap_ci.upper == expected.upper);
  }
}
