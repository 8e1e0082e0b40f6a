#include "firesweep/ensemble/precision.hpp"

#include <vector>

#include "catch.hpp"
#include "ensemble_sample.hpp"

using namespace firesweep;

namespace {

/// An ensemble whose seeds grow from 10 to 40, in which so many of the first runs of scenario 0 burn half of the cells and
/// the next ones nothing.
struct Growing {
  Plan plan;
  Results results;

  explicit Growing(const PrecisionTarget& target, std::size_t seeds)
      : plan([&] {
          Experiment experiment = small_ensemble(seeds);
          experiment.until = StoppingRule{.first_stage = 10, .most = 40, .targets = {target}};
          return experiment;
        }()),
        results(plan) {}

  void make(std::size_t first, std::size_t large, std::size_t small) {
    std::vector<RunRecord> records;
    for (std::size_t i = 0; i < large + small; ++i) {
      RunRecord record;
      record.status = RunStatus::ok;
      record.burnt_cells = i < large ? plan.experiment().base.extent.cells() / 2 : 0;
      records.push_back(record);
    }
    results.merge(
        {.block = {0, first, large + small}, .records = RunColumns(records), .failures = {}, .tally = {}});
  }
};

}  // namespace

TEST_CASE("a stage is judged by exactly its seeds, and only when it is complete") {
  // Wilson's interval of 5 of 10 is wide, of 0 of 10 the half-width is 0.139.
  Growing ensemble({.of = PrecisionTarget::Of::exceedance, .at = 0.1, .half_width = 0.14}, 20);
  CHECK(stages_of(ensemble.results)[0] == 10);
  ensemble.make(0, 0, 9);
  CHECK(stages_of(ensemble.results)[0] == 10);
  ensemble.make(9, 0, 1);
  CHECK(targets_met(ensemble.results, 0, 10) == 1);
  CHECK(stages_of(ensemble.results)[0] == 10);
  Growing wider({.of = PrecisionTarget::Of::exceedance, .at = 0.1, .half_width = 0.14}, 20);
  wider.make(0, 5, 5);
  CHECK(targets_met(wider.results, 0, 10) == 0);
  CHECK(stages_of(wider.results)[0] == 20);
  CHECK(stages_of(wider.results)[1] == 10);
  wider.make(10, 0, 10);  // the first ten do not become narrow by what comes after
  CHECK(stages_of(wider.results)[0] == 40);
}

TEST_CASE("what is known already is never left out") {
  Growing ensemble({.of = PrecisionTarget::Of::exceedance, .at = 0.1, .half_width = 0.5}, 20);
  ensemble.make(0, 0, 13);  // a target that was tighter once
  CHECK(stages_of(ensemble.results)[0] == 20);
}

TEST_CASE("a share of an estimate of 0 is never narrow, nor is what is not known") {
  Growing ensemble({.of = PrecisionTarget::Of::mean, .half_width = 10.0, .is_relative = true}, 10);
  CHECK_FALSE(precision_of(ensemble.results, 0, 10, {.half_width = 1.0}).is_met);
  ensemble.make(0, 0, 10);
  CHECK(targets_met(ensemble.results, 0, 10) == 0);
  CHECK(expected_seeds(ensemble.results, 0) == 40);
}

TEST_CASE("a mean of runs that are all alike is as uncertain as what is rare may be large") {
  Growing ensemble({.half_width = 0.1}, 20);
  ensemble.make(0, 0, 10);
  // None of 10 leaves a share of 0.2775 open (Wilson), which might burn whole.
  const Precision nothing = precision_of(ensemble.results, 0, 10, {.half_width = 0.14});
  CHECK(nothing.estimate.value == 0.0);
  CHECK(nothing.half_width == Approx(0.2775 / 2.0).epsilon(1e-3));
  CHECK(nothing.is_met);
  CHECK(targets_met(ensemble.results, 0, 10) == 0);
  ensemble.make(10, 0, 10);
  CHECK(targets_met(ensemble.results, 0, 20) == 1);  // of 20 it is 0.161 / 2
}

TEST_CASE("results grow with what they know") {
  Growing ensemble({.half_width = 1e-6}, 10);
  ensemble.make(0, 4, 6);
  const Plan plan = plan_of_stages(ensemble.plan, stages_of(ensemble.results));
  CHECK(plan.seeds() == 20);
  CHECK(plan.planned(0) == 20);
  CHECK(plan.planned(1) == 10);
  CHECK(plan.runs() == 20 + 10 * (plan.scenarios() - 1));
  const Results grown(plan, std::move(ensemble.results));
  CHECK(grown.runs_ok() == 10);
  CHECK(grown.records(0)[3].burnt_cells > 0);
  CHECK(grown.records(0)[10].status == RunStatus::missing);
  CHECK(grown.records(1)[0].status == RunStatus::missing);
}
