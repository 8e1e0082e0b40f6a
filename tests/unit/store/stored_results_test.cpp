#include "firesweep/store/stored_results.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "firesweep/ensemble/estimates.hpp"

#include "catch.hpp"
#include "results_sample.hpp"

namespace firesweep {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool same(double one, double other) {
  return one == other || (std::isnan(one) && std::isnan(other));
}
bool same(const Interval& one, const Interval& other) {
  return same(one.lower, other.lower) && same(one.upper, other.upper);
}
template <class T>
bool same(const std::vector<T>& one, const std::vector<T>& other) {
  return std::ranges::equal(one, other, [](const T& a, const T& b) { return same(a, b); });
}

/// The sample's estimates as they were made, and as the file gives them back.
struct SampleEstimates {
  sample::Folder folder;
  Plan plan{sample::experiment()};
  Results results{plan};
  Estimates made;
  Estimates stored;

  SampleEstimates() {
    for (const BlockResult& block : sample::blocks(plan)) results.merge(block);
    made = estimate(results);
    sample::publish(folder / "sample.h5");
    stored = StoredResults(folder / "sample.h5").estimates();
  }
};

TEST_CASE("estimates of scenarios are read back as they were made") {
  const SampleEstimates sample;
  REQUIRE(sample.stored.scenarios.size() == sample.made.scenarios.size());
  for (std::size_t s = 0; s < sample.made.scenarios.size(); ++s) {
    INFO("scenario " << s);
    const Summary& made = sample.made.scenarios[s];
    const Summary& stored = sample.stored.scenarios[s];
    CHECK(stored.runs_ok == made.runs_ok);
    CHECK(stored.mean.count == made.mean.count);
    CHECK(same(stored.mean.mean, made.mean.mean));
    CHECK(same(stored.mean.standard_deviation, made.mean.standard_deviation));
    CHECK(same(stored.mean.standard_error, made.mean.standard_error));
    CHECK(same(stored.mean_ci, made.mean_ci));
    CHECK(same(stored.mean_bootstrap_ci, made.mean_bootstrap_ci));
    CHECK(same(stored.mean_bounds, made.mean_bounds));
    CHECK(same(stored.quantile, made.quantile));
    CHECK(same(stored.quantile_ci, made.quantile_ci));
    CHECK(same(stored.quantile_bounds, made.quantile_bounds));
    CHECK(same(stored.cvar, made.cvar));
    CHECK(same(stored.cvar_bounds, made.cvar_bounds));
    CHECK(same(stored.exceedance, made.exceedance));
    CHECK(same(stored.exceedance_ci, made.exceedance_ci));
    CHECK(same(stored.exceedance_band, made.exceedance_band));
    CHECK(same(stored.exceedance_bounds, made.exceedance_bounds));
    CHECK(same(stored.exceedance_size, made.exceedance_size));
    CHECK(same(stored.exceedance_size_ci, made.exceedance_size_ci));
    CHECK(same(stored.exceedance_size_bounds, made.exceedance_size_bounds));
    CHECK(stored.is_bimodal() == made.is_bimodal());
  }
}

void check_same_differences(const AxisDifferences& stored, const AxisDifferences& made) {
  CHECK(stored.axis == made.axis);
  REQUIRE(stored.pairs.size() == made.pairs.size());
  CHECK(stored.pairs[0].first == made.pairs[0].first);
  CHECK(stored.pairs[0].second == made.pairs[0].second);
  REQUIRE(stored.between.size() == made.between.size());
  for (std::size_t i = 0; i < made.between.size(); ++i) {
    INFO("difference " << i);
    CHECK(stored.between[i].mean.difference.count == made.between[i].mean.difference.count);
    CHECK(same(stored.between[i].mean.difference.mean, made.between[i].mean.difference.mean));
    CHECK(same(stored.between[i].mean.interval, made.between[i].mean.interval));
    CHECK(same(stored.between[i].mean.variance_reduction, made.between[i].mean.variance_reduction));
    CHECK(same(stored.between[i].mean.correlation, made.between[i].mean.correlation));
    CHECK(same(stored.between[i].mean_bounds, made.between[i].mean_bounds));
    CHECK(same(stored.between[i].exceedance_bounds, made.between[i].exceedance_bounds));
    REQUIRE(stored.between[i].exceedance.size() == made.between[i].exceedance.size());
    for (std::size_t t = 0; t < made.between[i].exceedance.size(); ++t) {
      CHECK(same(stored.between[i].exceedance[t].difference, made.between[i].exceedance[t].difference));
      CHECK(same(stored.between[i].exceedance[t].interval, made.between[i].exceedance[t].interval));
    }
  }
}

TEST_CASE("differences along every axis are read back as they were made") {
  const SampleEstimates sample;
  REQUIRE(sample.made.differences.size() > 1);
  REQUIRE(sample.stored.differences.size() == sample.made.differences.size());
  for (std::size_t i = 0; i < sample.made.differences.size(); ++i)
    check_same_differences(sample.stored.differences[i], sample.made.differences[i]);
}

void check_same_effect(const AxisEffect& stored, const AxisEffect& made) {
  CHECK(same(stored.effect, made.effect));
  CHECK(same(stored.interval, made.interval));
  CHECK(same(stored.normalised, made.normalised));
  CHECK(same(stored.share, made.share));
  CHECK(same(stored.share_interval, made.share_interval));
}

TEST_CASE("sensitivities are read back as they were made") {
  const SampleEstimates sample;
  REQUIRE(sample.made.sensitivity);
  REQUIRE(sample.stored.sensitivity);
  const AxisSensitivities& made = *sample.made.sensitivity;
  const AxisSensitivities& stored = *sample.stored.sensitivity;
  REQUIRE(stored.axes == made.axes);
  CHECK(stored.mean.seeds == made.mean.seeds);
  CHECK(stored.mean.scenarios == made.mean.scenarios);
  CHECK(same(stored.mean.chance, made.mean.chance));
  REQUIRE(stored.exceedance.size() == made.exceedance.size());
  for (const std::size_t axis : made.axes) {
    INFO("axis " << axis);
    check_same_effect(stored.mean.axes[axis], made.mean.axes[axis]);
    CHECK(same(stored.mean.axes[axis].lowest, made.mean.axes[axis].lowest));
    CHECK(same(stored.mean.axes[axis].highest, made.mean.axes[axis].highest));
    CHECK(stored.mean.axes[axis].lowest_level == made.mean.axes[axis].lowest_level);
    CHECK(stored.mean.axes[axis].highest_level == made.mean.axes[axis].highest_level);
    for (std::size_t t = 0; t < made.exceedance.size(); ++t)
      check_same_effect(stored.exceedance[t].axes[axis], made.exceedance[t].axes[axis]);
  }
}

TEST_CASE("numbers of runs are those of their records, NaN unless ok") {
  const SampleEstimates sample;
  const StoredResults stored(sample.folder / "sample.h5");
  for (std::size_t s = 0; s < sample.plan.scenarios(); ++s) {
    const auto records = sample.results.records(s);
    const std::vector<double> steps = stored.run_values("steps", s);
    const std::vector<double> burnt = stored.run_values("burnt_cells", s);
    const std::vector<RunStatus> statuses = stored.statuses(s);
    for (std::size_t i = 0; i < records.size(); ++i) {
      CHECK(statuses[i] == records[i].status);
      const bool is_ok = records[i].status == RunStatus::ok;
      CHECK(same(steps[i], is_ok ? static_cast<double>(records[i].steps) : nan));
      CHECK(same(burnt[i], is_ok ? static_cast<double>(records[i].burnt_cells) : nan));
    }
  }
}

TEST_CASE("a map is that of its scenario") {
  const SampleEstimates sample;
  const StoredResults stored(sample.folder / "sample.h5");
  for (const std::size_t s : {std::size_t{0}, std::size_t{1}, sample.plan.scenarios() - 1}) {
    const auto counts = sample.results.burn_count(s);
    const std::vector<float> map = stored.burn_probability(s);
    const auto runs = static_cast<double>(stored.counts()[s].ok);
    REQUIRE(map.size() == counts.size());
    for (std::size_t cell = 0; cell < map.size(); ++cell)
      CHECK(same(map[cell], runs == 0.0 ? nan : static_cast<float>(counts[cell] / runs)));
  }
}

}  // namespace
}  // namespace firesweep
