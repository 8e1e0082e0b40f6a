#include "firesweep/experiment/plan.hpp"

#include <ctime>
#include <memory>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "firesweep/check/contract.hpp"

#include "catch.hpp"
#include "small_experiment.hpp"

using namespace firesweep;

TEST_CASE("scenarios are numbered row by row, the last axis fastest") {
  const Plan plan(small_experiment());
  CHECK(plan.shape().lengths() == std::vector<std::size_t>{2, 2, 3});
  REQUIRE(plan.scenarios() == 12);
  CHECK(plan.shape().places(0) == std::vector<std::size_t>{0, 0, 0});
  CHECK(plan.shape().places(1) == std::vector<std::size_t>{0, 0, 1});
  CHECK(plan.shape().places(3) == std::vector<std::size_t>{0, 1, 0});
  CHECK(plan.shape().places(6) == std::vector<std::size_t>{1, 0, 0});
  CHECK(plan.shape().places(11) == std::vector<std::size_t>{1, 1, 2});
  CHECK(plan.labels(10) == std::vector<std::string>{"extreme", "drawn", "42.5"});
}

TEST_CASE("seeds keep their order and multiply the runs") {
  const Plan plan(small_experiment());
  CHECK(plan.seeds() == 4);
  CHECK(plan.seed(0) == Seed{7});
  CHECK(plan.seed(2) == Seed{0});
  CHECK(plan.runs() == 48);
}

TEST_CASE("an axis overrides the weather of the danger level, whichever comes first") {
  Experiment experiment = small_experiment();
  CHECK(Plan(experiment).scenario(11).weather == Weather{80.0, 8.0, 48.0, 0.0});
  std::swap(experiment.axes.front(), experiment.axes.back());
  const Plan swapped(experiment);
  REQUIRE(swapped.labels(11) == std::vector<std::string>{"80", "drawn", "extreme"});
  CHECK(swapped.scenario(11).weather == Weather{80.0, 8.0, 48.0, 0.0});
}

TEST_CASE("the experiment's weather overrides that of every danger level, but not an axis") {
  Experiment experiment = small_experiment();
  experiment.base.weather = {1.0, 33.0, 99.0, 270.0};
  experiment.overrides = {"wind_speed", "humidity", "wind_direction"};
  const Plan plan(experiment);
  CHECK(plan.scenario(0).weather == Weather{10.0, 33.0, 35.0, 270.0});
  CHECK(plan.scenario(11).weather == Weather{80.0, 33.0, 48.0, 270.0});
}

TEST_CASE("without a danger level the experiment's weather is the weather") {
  Experiment experiment = small_experiment();
  experiment.axes.erase(experiment.axes.begin());
  experiment.base.weather = {1.0, 2.0, 3.0, 4.0};
  experiment.overrides = {"wind_speed", "humidity", "temperature", "wind_direction"};
  CHECK(Plan(experiment).scenario(1).weather == Weather{42.5, 2.0, 3.0, 4.0});
}

TEST_CASE("a scenario has the ignition of its set and all else of the experiment") {
  Experiment experiment = small_experiment();
  experiment.base.vegetation_density = 0.5;
  experiment.base.max_steps = 17;
  const Plan plan(experiment);
  CHECK(plan.scenario(0).ignition == IgnitionSet{IgnitionPoints{{4, 2}}});
  CHECK(plan.scenario(3).ignition == IgnitionSet{RandomIgnition{3}});
  CHECK(plan.scenario(3).vegetation_density == 0.5);
  CHECK(plan.scenario(3).max_steps == 17);
  CHECK(plan.scenario(3).extent == Extent{8, 4});
}

TEST_CASE("an exclusion leaves out all scenarios that agree in every coordinate it names") {
  Experiment experiment = small_experiment();
  experiment.exclude = {Exclusion{{{0, 1}, {2, 0}}}};  // extreme at wind 10
  const Plan plan(experiment);
  CHECK(plan.scenarios() == 12);
  for (std::size_t i = 0; i < plan.scenarios(); ++i) {
    INFO(i);
    CHECK(plan.is_excluded(i) == (i == 6 || i == 9));
  }
  CHECK(plan.runs() == 40);
}

TEST_CASE("several exclusions add up, and may leave out the same scenario") {
  Experiment experiment = small_experiment();
  experiment.exclude = {Exclusion{{{0, 1}}}, Exclusion{{{1, 0}}}, Exclusion{{{1, 0}, {0, 1}}}};
  CHECK(Plan(experiment).runs() == 3 * 4);
}

TEST_CASE("an exclusion that names two values of one axis leaves out nothing") {
  Experiment experiment = small_experiment();
  experiment.exclude = {Exclusion{{{0, 0}, {0, 1}}}};
  CHECK(Plan(experiment).runs() == Plan(small_experiment()).runs());
}

TEST_CASE("as many exclusions as there are scenarios take no more time than these") {
  Experiment experiment;
  std::vector<double> values(400);
  std::iota(values.begin(), values.end(), 0.0);
  experiment.axes = {ParameterAxis{find_parameter("wind_speed"), values},
                     ParameterAxis{find_parameter("wind_direction"), values}};
  experiment.base.extent = {8, 4};
  experiment.seeds = {Seed{1}};
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t j = 0; j < values.size(); ++j)
      if (i != j) experiment.exclude.push_back(Exclusion{{{0, i}, {1, j}}});
  const std::clock_t before = std::clock();
  const Plan plan(experiment);
  CHECK(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC < 10.0);  // each with each takes minutes
  CHECK(plan.runs() == values.size());
  CHECK_FALSE(plan.is_excluded(401));
}

TEST_CASE("an experiment without axes is one scenario") {
  Experiment experiment = small_experiment();
  experiment.axes.clear();
  const Plan plan(experiment);
  CHECK(plan.scenarios() == 1);
  CHECK(plan.labels(0).empty());
}

TEST_CASE("a plan refuses experiments that break its contract") {
  Experiment no_seeds = small_experiment();
  no_seeds.seeds = {};
  CHECK_THROWS_AS(Plan(no_seeds), BrokenContract);

  Experiment empty_axis = small_experiment();
  empty_axis.axes.emplace_back(DangerLevelAxis{});
  CHECK_THROWS_AS(Plan(empty_axis), BrokenContract);

  Experiment no_ground = small_experiment();
  no_ground.base.extent = {0, 4};
  CHECK_THROWS_AS(Plan(no_ground), BrokenContract);

  Experiment strange_exclusion = small_experiment();
  strange_exclusion.exclude = {Exclusion{{{0, 2}}}};
  CHECK_THROWS_AS(Plan(strange_exclusion), BrokenContract);
  CHECK_THROWS_AS(Plan(small_experiment()).scenario(12), BrokenContract);
}

TEST_CASE("an allowance of failures is a number of runs or a share of them, rounded down") {
  CHECK(FailureAllowance{}.runs_of(1000) == 0);
  CHECK(FailureAllowance{5.0, false}.runs_of(1000) == 5);
  CHECK(FailureAllowance{0.01, true}.runs_of(1000) == 10);
  CHECK(FailureAllowance{0.5, true}.runs_of(3) == 1);
}

namespace {

/// A landscape of 8 x 4 cells, of which those of even or odd columns burn.
NamedLandscape columns_that_burn(const std::string& name, std::uint32_t first) {
  LandscapeLayers layers{.extent = {8, 4}, .fuel = {}, .elevation = {}};
  for (std::uint32_t i = 0; i < 32; ++i) layers.fuel.push_back(i % 2 == first && i % 8 < 6 ? 1 : 98);
  const std::vector<FuelClass> table = {{.code = 1}, {.code = 98, .burnable = false}};
  NamedLandscape named{name, {}};
  named.input.fuel.path = name;
  named.input.landscape = std::make_shared<const Landscape>(layers, table, CellSize{1, 1});
  return named;
}

}  // namespace

TEST_CASE(
    "random sets are drawn from what burns on any alternative, and without alternatives need not say from "
    "what") {
  Experiment experiment = small_experiment();
  CHECK(Plan(experiment).scenario(3).starts == nullptr);
  experiment.ground.input = columns_that_burn("even", 0).input;
  CHECK(Plan(experiment).scenario(3).starts == nullptr);
  experiment.ground.input = {};
  experiment.axes.emplace_back(LandscapeAxis{{columns_that_burn("even", 0), columns_that_burn("odd", 1)}});
  const Plan plan(experiment);
  std::set<const StartCells*> drawn_from;
  for (std::size_t i = 0; i < plan.scenarios(); ++i) {
    const Scenario scenario = plan.scenario(i);
    const bool is_random = std::holds_alternative<RandomIgnition>(scenario.ignition);
    CHECK((scenario.starts != nullptr) == is_random);
    if (is_random) drawn_from.insert(scenario.starts.get());
  }
  REQUIRE(drawn_from.size() == 1);
  CHECK((*drawn_from.begin())->cells() == 4 * 6);
}
