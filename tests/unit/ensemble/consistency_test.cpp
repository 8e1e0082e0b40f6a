#include "firesweep/ensemble/consistency.hpp"

#include <atomic>

#include "firesweep/ensemble/block_runner.hpp"

#include "catch.hpp"
#include "ensemble_sample.hpp"

using namespace firesweep;

namespace {

// What comes of a scenario's runs.
ScenarioResults known_of(const Experiment& experiment, std::size_t scenario) {
  const Plan plan(experiment);
  SpareThreads no_spare(1);
  BlockRunner runner(plan,
                     make_kernel(KernelKind::automatic, experiment.base.extent, tally_choice(experiment)), 1,
                     no_spare, never_stop);
  Results results(plan);
  results.merge(runner.run({scenario, 0, plan.seeds()}));
  const auto copy = [](const auto span) { return std::vector(span.begin(), span.end()); };
  return {copy(results.records(scenario)),
          copy(results.burn_count(scenario)),
          copy(results.arrival_sum(scenario)),
          results.curves(scenario),
          {},
          results.run_curves(scenario)};
}

}  // namespace

TEST_CASE("the sums of fires follow from their records, cut off or not, wherever they start") {
  for (const OnBareGround on_bare_ground : {OnBareGround::skip, OnBareGround::nearest, OnBareGround::force}) {
    for (const std::uint32_t max_steps : {0U, 1U, 5U, 5000U}) {
      Experiment experiment = small_ensemble(50);
      experiment.base.on_bare_ground = on_bare_ground;
      experiment.base.vegetation_density = 0.6;
      experiment.base.max_steps = max_steps;
      experiment.outputs.run_curves = true;
      for (std::size_t scenario = 0; scenario < 4; ++scenario)
        CHECK(contradictions(known_of(experiment, scenario)).empty());
    }
  }
}

TEST_CASE("sums that were not asked for are not missed") {
  Experiment experiment = small_ensemble(5);
  experiment.outputs.maps = experiment.outputs.arrival = experiment.outputs.curves = false;
  CHECK(contradictions(known_of(experiment, 2)).empty());
}

TEST_CASE("a run's curve that does not fit its record is noticed") {
  Experiment experiment = small_ensemble(4);
  experiment.outputs.run_curves = true;
  const ScenarioResults sound = known_of(experiment, 2);
  const auto found_with = [&](const std::vector<std::uint32_t>& curve) {
    ScenarioResults changed = sound;
    changed.run_curves = RunCurves(4);
    changed.run_curves.set(0, curve);
    for (std::size_t i = 1; i < 4; ++i) changed.run_curves.set(i, sound.run_curves[i]);
    return contradictions(changed).size();
  };
  const std::vector<std::uint32_t> curve(sound.run_curves[0].begin(), sound.run_curves[0].end());
  REQUIRE(curve.size() > 3);
  CHECK(found_with(curve) == 0);
  std::vector<std::uint32_t> other = curve;
  other.push_back(0);
  CHECK(found_with(other) == 1);
  other = curve;
  ++other[1];
  CHECK(found_with(other) == 1);
  other = curve;
  std::swap(other[0], other[1]);
  CHECK(found_with(other) == (curve[0] == curve[1] ? 0 : 1));
}

TEST_CASE("a sum that is off by one is noticed, whichever it is") {
  const ScenarioResults sound = known_of(small_ensemble(30), 2);
  const auto found_after = [&](const auto& change) {
    ScenarioResults changed = sound;
    change(changed);
    return contradictions(changed).size();
  };
  REQUIRE(found_after([](ScenarioResults&) {}) == 0);
  CHECK(found_after([](ScenarioResults& known) { ++known.burn_count[7]; }) == 1);
  CHECK(found_after([](ScenarioResults& known) { ++known.arrival_sum[7]; }) == 1);
  CHECK(found_after([](ScenarioResults& known) { ++known.curves.burnt_square_growth[2]; }) == 1);
  CHECK(found_after([](ScenarioResults& known) { ++known.curves.burning[0]; }) == 2);
  CHECK(found_after([](ScenarioResults& known) { ++known.curves.burning[1]; }) == 1);
  CHECK(found_after([](ScenarioResults& known) { ++known.curves.burnt_growth[2]; }) == 2);
  CHECK(found_after([](ScenarioResults& known) { ++known.records[3].burnt_cells; }) == 3);
  CHECK(found_after([](ScenarioResults& known) { ++known.records[3].ignitions; }) == 1);
}
