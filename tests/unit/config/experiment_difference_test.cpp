#include "firesweep/config/experiment_difference.hpp"

#include <functional>

#include "firesweep/store/stored_ensemble.hpp"

#include "../catch.hpp"
#include "sample_experiment.hpp"

namespace firesweep {
namespace {

using Edit = std::function<void(Experiment&)>;

/// What keeps the runs of the sample from being runs of the sample after `change`, a line each.
std::string found_after(const Edit& change) {
  Experiment asked = sample::experiment();
  change(asked);
  std::string text;
  for (const auto& [key, stored, wanted] : differences(sample::experiment(), asked))
    text += key + ": " + stored + " -> " + wanted + "\n";
  return text;
}

ParameterAxis& winds(Experiment& experiment) {
  return std::get<ParameterAxis>(experiment.axes[2]);
}

IgnitionSetAxis& sets(Experiment& experiment) {
  return std::get<IgnitionSetAxis>(experiment.axes[1]);
}

TEST_CASE("an experiment does not differ from itself") {
  CHECK(found_after([](Experiment&) {}).empty());
}

TEST_CASE("more seeds, more values anywhere on an axis and other estimates are no differences") {
  CHECK(found_after([](Experiment& e) {
          e.seeds = {Seed{1}, Seed{2}, Seed{3}, Seed{1000}, Seed{4},
                     Seed{5}, Seed{6}, Seed{7}, Seed{8},    Seed{9}};
          auto& levels = std::get<DangerLevelAxis>(e.axes[0]).levels;
          levels = {DangerLevel::low, DangerLevel::severe, DangerLevel::very_high, DangerLevel::extreme};
          sets(e).sets.insert(sets(e).sets.begin(), {"new", RandomIgnition{1}});
          winds(e).values = {70.0, 20.0, 30.0, 42.5};
          e.exclude.clear();
          e.outputs.thresholds = {0.3};
          e.outputs.quantiles = {};
          e.outputs.confidence = 0.9;
          e.on_failure = OnFailure::stop;
          e.max_failed = {0.5, true};
        }).empty());
}

TEST_CASE("whatever a run depends on is a difference, with both values") {
  const std::vector<std::pair<Edit, std::string>> table = {
      {[](Experiment& e) { e.name = "other"; }, "name: sample -> other\n"},
      {[](Experiment& e) { e.base.extent.width = 21; }, "landscape.width: 20 -> 21\n"},
      {[](Experiment& e) { e.base.vegetation_density = 0.5; }, "landscape.vegetation_density: 0.85 -> 0.5\n"},
      {[](Experiment& e) {
         e.overrides.insert("humidity");
         e.base.weather.humidity = 30.0;
       },
       "weather.humidity: not set -> 30\n"},
      {[](Experiment& e) { e.base.spread.base_rate = 0.4; }, "model.base_rate: 0.35 -> 0.4\n"},
      {[](Experiment& e) { e.base.spread.combination = Combination::independent; },
       "model.combination: linear -> independent\n"},
      {[](Experiment& e) { e.base.on_bare_ground = OnBareGround::force; }, "on_bare_ground: skip -> force\n"},
      {[](Experiment& e) { e.base.max_steps = 7; }, "max_steps: 5000 -> 7\n"},
      {[](Experiment& e) { e.outputs.maps = false; }, "outputs.maps: true -> false\n"},
      {[](Experiment& e) { e.outputs.arrival = false; }, "outputs.arrival: true -> false\n"},
      {[](Experiment& e) { e.outputs.curves = false; }, "outputs.curves: true -> false\n"},
      {[](Experiment& e) { e.outputs.run_curves = false; }, "outputs.run_curves: true -> false\n"},
      {[](Experiment& e) { e.outputs.cell_counts = false; }, "outputs.cell_counts: true -> false\n"},
  };
  for (const auto& [change, expected] : table) CHECK(found_after(change) == expected);
}

TEST_CASE("a matrix that would lose runs is a difference that names them") {
  const std::vector<std::pair<Edit, std::string>> table = {
      {[](Experiment& e) { std::swap(e.axes[0], e.axes[1]); },
       "matrix: danger_level, ignition_set, wind_speed -> ignition_set, danger_level, wind_speed\n"},
      {[](Experiment& e) { std::get<DangerLevelAxis>(e.axes[0]).levels = {DangerLevel::severe}; },
       "matrix.danger_level: extreme -> left out\n"},
      {[](Experiment& e) {
         sets(e).sets[0].set = IgnitionPoints{{11, 8}, {1, 2}};
       },
       "matrix.ignition_set.centre: [[10, 8]] -> [[11, 8], [1, 2]]\n"},
      {[](Experiment& e) { sets(e).sets[1].set = RandomIgnition{4}; },
       "matrix.ignition_set.foudre é: {random: 3} -> {random: 4}\n"},
      {[](Experiment& e) { sets(e).sets[1].name = "lightning"; },
       "matrix.ignition_set: foudre é -> left out\n"},
      {[](Experiment& e) {
         winds(e).values = {20.0, 42.6};
       },
       "matrix.wind_speed: 42.5, 70 -> left out\n"},
      {[](Experiment& e) { e.seeds = {Seed{1}}; }, "matrix.seed: 2, 3, 4, 5, 6 and 2 more -> left out\n"},
      {[](Experiment& e) {
         e.exclude.push_back({{{1, 1}, {2, 1}}});
       },
       "exclude: {severe, foudre é, 42.5}, {extreme, foudre é, 42.5} -> left out\n"},
  };
  for (const auto& [change, expected] : table) CHECK(found_after(change) == expected);
}

TEST_CASE("all differences are listed, in the order of the file") {
  CHECK(found_after([](Experiment& e) {
          e.outputs.maps = false;
          e.base.max_steps = 1;
          e.seeds = Seeds(Seed{1}, 7);
          e.base.extent.height = 18;
        }) ==
        "landscape.height: 17 -> 18\nmatrix.seed: 8 -> left out\nmax_steps: 5000 -> 1\noutputs.maps: true -> "
        "false\n");
}

TEST_CASE("how runs are judged is told apart from what they are") {
  Experiment other = sample::experiment();
  other.outputs.thresholds = {0.25};
  other.max_failed = {0.5, true};
  other.base.max_steps = 3;
  const std::vector<Difference> found = differing_judgements(sample::experiment(), other);
  REQUIRE(found.size() == 2);
  CHECK(found[0].key == "outputs.thresholds");
  CHECK(found[0].stored == "[0.01, 0.1, 0.5]");
  CHECK(found[0].asked == "[0.25]");
  CHECK(found[1].key == "max_failed");
  CHECK(found[1].asked == "0.5");
}

TEST_CASE("a constant that became an axis is named beside the axes") {
  const std::string found = found_after([](Experiment& e) {
    e.axes.push_back(ParameterAxis{find_parameter("base_rate"), {0.3}});
  });
  CHECK(
      found ==
      "matrix: danger_level, ignition_set, wind_speed -> danger_level, ignition_set, wind_speed, base_rate\n"
      "model.base_rate: 0.35 -> not set\n");
}

}  // namespace
}  // namespace firesweep
