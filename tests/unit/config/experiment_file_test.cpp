#include "firesweep/config/experiment_file.hpp"

#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "firesweep/engine/record.hpp"
#include "firesweep/experiment/plan.hpp"

#include "catch.hpp"
#include "experiment_examples.hpp"

using namespace firesweep;

namespace {

std::vector<double> values_of(const std::string& range) {
  const Experiment experiment = parsed("matrix:\n  danger_level: [low]\n  humidity_offset: " + range + "\n");
  return std::get<ParameterAxis>(experiment.axes[1]).values;
}

}  // namespace

TEST_CASE("the documented example means what it says") {
  const Experiment experiment = parsed(full_example);
  CHECK(experiment.name == "danger-levels");
  CHECK(experiment.base.extent == Extent{256, 256});
  CHECK(experiment.base.vegetation_density == 0.85);
  REQUIRE(experiment.axes.size() == 2);
  CHECK(std::get<DangerLevelAxis>(experiment.axes[0]).levels.size() == 7);
  const auto& sets = std::get<IgnitionSetAxis>(experiment.axes[1]).sets;
  REQUIRE(sets.size() == 3);
  CHECK(sets[1].name == "ridge");
  CHECK(sets[1].set == IgnitionSet{IgnitionPoints{{20, 128}, {128, 128}, {236, 128}}});
  CHECK(sets[2].set == IgnitionSet{RandomIgnition{12}});
  CHECK(experiment.seeds.size() == 1000);
  CHECK(experiment.seeds.front() == Seed{1});
  CHECK(experiment.seeds.back() == Seed{1000});
  CHECK(experiment.outputs == OutputChoices{});
  CHECK(experiment.overrides.empty());
  CHECK(Plan(experiment).runs() == 21'000);
}

TEST_CASE("the documented sweep has its axes in the order of the file") {
  const Experiment experiment = parsed(sweep_example);
  std::vector<std::string_view> names;
  for (const Axis& axis : experiment.axes) names.push_back(name(axis));
  CHECK(names == std::vector<std::string_view>{"danger_level", "wind_speed", "humidity", "vegetation_density",
                                               "ignition_set"});
  CHECK(std::get<ParameterAxis>(experiment.axes[1]).values ==
        std::vector<double>{40, 45, 50, 55, 60, 65, 70, 75, 80});
  CHECK(Plan(experiment).runs() == 9 * 3 * 4 * 500);
}

TEST_CASE("a danger level is all that is needed") {
  const Experiment experiment = parsed(minimal);
  CHECK(experiment.name == "e");
  CHECK(experiment.base.extent == Extent{256, 256});
  CHECK(experiment.base.vegetation_density == 0.85);
  CHECK(experiment.base.max_steps == 5000);
  CHECK(experiment.base.on_bare_ground == OnBareGround::skip);
  REQUIRE(experiment.axes.size() == 2);
  const auto& centre = std::get<IgnitionSetAxis>(experiment.axes[1]).sets.front();
  CHECK(centre.name == "centre");
  CHECK(centre.set == IgnitionSet{IgnitionPoints{{128, 128}}});
  CHECK(experiment.seeds.size() == 1000);
  CHECK(experiment.seeds.front() == Seed{1});
  CHECK(experiment.on_failure == OnFailure::go_on);
  CHECK(experiment.max_failed == FailureAllowance{});
}

TEST_CASE("the default ignition lies in the middle of the landscape at hand") {
  const Experiment experiment = parsed("landscape: {width: 9, height: 1}\n" + minimal);
  CHECK(std::get<IgnitionSetAxis>(experiment.axes[1]).sets.front().set ==
        IgnitionSet{IgnitionPoints{{4, 0}}});
}

TEST_CASE("explicit weather takes the place of a danger level") {
  const Experiment experiment =
      parsed("weather: {wind_speed: 30, temperature: 20}\nmatrix:\n  humidity: [10, 20]\n");
  const Plan plan(experiment);
  REQUIRE(plan.scenarios() == 2);
  CHECK(plan.scenario(1).weather == Weather{30.0, 20.0, 20.0, 0.0});
}

TEST_CASE("weather overrides the danger level only where it speaks") {
  const Plan plan(parsed("weather: {humidity: 3}\nmatrix: {danger_level: [extreme]}\n"));
  CHECK(plan.scenario(0).weather == Weather{65.0, 3.0, 48.0, 0.0});
}

TEST_CASE("sections may be empty") {
  CHECK(complaints(minimal + "weather:\nmodel:\noutputs:\nlandscape:\nexclude:\n").empty());
}

TEST_CASE("the model's constants and combination can be set") {
  const Experiment experiment = parsed(minimal + "model: {base_rate: 0.5, combination: independent}\n");
  CHECK(experiment.base.spread.base_rate == 0.5);
  CHECK(experiment.base.spread.combination == Combination::independent);
}

TEST_CASE("every parameter that does something can be an axis") {
  for (const Parameter& parameter : parameters()) {
    const std::string values = parameter.is_whole ? ": [2, 5]\n" : ": [0.25, 0.5]\n";
    std::string text = "matrix:\n  danger_level: [low]\n  " + std::string(parameter.name) + values;
    if (parameter.name == "change_step") text += "weather: {changes: [{step: 1, humidity: 9}]}\n";
    if (parameter.name == "wind_direction") text += "model: {wind_directionality: 0.1}\n";
    if (parameter.section == Parameter::Section::spotting) {
      text += "weather: {wind_direction: 90}\n";
      if (parameter.name != "spotting_rate")
        text += "model: {spotting: {rate: 0.1, distance: {median: 9}}}\n";
      if (parameter.name == "spotting_rate") text += "model: {spotting: {distance: {median: 9}}}\n";
      if (parameter.name == "spotting_distance") text.erase(text.find(", distance: {median: 9}"), 23);
    }
    if (parameter.name == "wind_directionality") text += "weather: {wind_direction: 90}\n";
    INFO(text);
    const Experiment experiment = parsed(text);
    REQUIRE(experiment.axes.size() == 3);
    CHECK(name(experiment.axes[1]) == parameter.name);
    CHECK(Plan(experiment).scenarios() == 2);
  }
}

TEST_CASE("range values are free of rounding noise and their ends exact") {
  CHECK(values_of("{from: 0.1, to: 0.3, count: 3}") == std::vector<double>{0.1, 0.2, 0.3});
  CHECK(values_of("{from: 0, to: 1, count: 11}") ==
        std::vector<double>{0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1});
  CHECK(values_of("{from: -0.3, to: 0.3, count: 3}") == std::vector<double>{-0.3, 0.0, 0.3});
  CHECK(values_of("{from: 0, to: 1, count: 4}") == std::vector<double>{0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0});
}

TEST_CASE("a range may fall, or be one value") {
  CHECK(values_of("{from: 80, to: 40, count: 3}") == std::vector<double>{80, 60, 40});
  CHECK(values_of("{from: 7, to: 7, count: 1}") == std::vector<double>{7});
}

TEST_CASE("seeds are a range or a list, up to the last 64-bit number") {
  CHECK(parsed("matrix: {danger_level: [low], seed: [3, 0, 42]}").seeds == Seeds{Seed{3}, Seed{0}, Seed{42}});
  CHECK(parsed("matrix: {danger_level: [low], seed: {count: 2}}").seeds == Seeds{Seed{1}, Seed{2}});
  constexpr std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
  CHECK(parsed("matrix: {danger_level: [low], seed: {first: 18446744073709551614, count: 2}}").seeds ==
        Seeds{Seed{last - 1}, Seed{last}});
}

TEST_CASE("failures are allowed by number or by share") {
  CHECK(parsed(minimal + "max_failed: 12\non_failure: stop\n").max_failed == FailureAllowance{12.0, false});
  CHECK(parsed(minimal + "max_failed: 0.05\n").max_failed == FailureAllowance{0.05, true});
  CHECK(parsed(minimal + "on_failure: stop\n").on_failure == OnFailure::stop);
}

TEST_CASE("excluded scenarios are looked up by label and by number") {
  const Experiment experiment = parsed(
      "matrix:\n  danger_level: [low, extreme]\n  wind_speed: {from: 0.1, to: 0.3, count: 3}\n"
      "exclude:\n  - {wind_speed: 0.2, danger_level: extreme}\n  - {danger_level: low, ignition_set: "
      "centre}\n");
  const Plan plan(experiment);
  for (std::size_t i = 0; i < 6; ++i) {
    INFO(i);
    CHECK(plan.is_excluded(i) == (i != 3 && i != 5));
  }
}

TEST_CASE("names of ignition sets are any text") {
  const Experiment experiment = parsed(
      "matrix:\n  danger_level: [low]\n  ignition_set: {\"Mt. Élan: 'north'\": [[0, 0]], 12: [[1, 1]]}\n");
  const auto& sets = std::get<IgnitionSetAxis>(experiment.axes[1]).sets;
  CHECK(sets[0].name == "Mt. Élan: 'north'");
  CHECK(sets[1].name == "12");
}

TEST_CASE("--set overrides what the file says, or adds to it") {
  const Experiment experiment =
      parsed(minimal, {"landscape.width=512", "landscape.height=16", "matrix.danger_level=[high, low]",
                       "matrix.seed.count=5", "name=mine", "matrix.ignition_set.corner=[[511, 15]]"});
  CHECK(experiment.base.extent == Extent{512, 16});
  CHECK(std::get<DangerLevelAxis>(experiment.axes[0]).levels ==
        std::vector<DangerLevel>{DangerLevel::high, DangerLevel::low});
  CHECK(experiment.seeds.size() == 5);
  CHECK(experiment.name == "mine");
  CHECK(std::get<IgnitionSetAxis>(experiment.axes[1]).sets[0].name == "corner");
}

TEST_CASE("the last --set of a key holds") {
  CHECK(parsed(minimal, {"max_steps=7", "max_steps=9"}).base.max_steps == 9);
}

TEST_CASE("an override mends a problem of the file") {
  CHECK(complaints(minimal + "max_steps: none\n", {"max_steps=9"}).empty());
}

TEST_CASE("the name defaults to the file's, as far as names go") {
  const auto name_of = [](const std::string& path) {
    return parse_experiment({path, minimal, {}}).experiment.name;
  };
  CHECK(name_of("experiments/wind_sensitivity.yaml") == "wind_sensitivity");
  CHECK(name_of("/somewhere/my study (2).yml") == "my_study__2_");
  CHECK(name_of("-") == "_");
}

TEST_CASE("an experiment is loaded byte by byte, with its overrides") {
  const std::string path = "experiment_file_test.yaml";
  std::ofstream(path) << full_example;
  const ExperimentSource source = load_experiment(path, {"max_steps=3"});
  std::filesystem::remove(path);
  CHECK(source.path == path);
  CHECK(source.text == full_example);
  CHECK(parse_experiment(source).experiment.base.max_steps == 3);
}

TEST_CASE("a results file in the place of an experiment is said to be one") {
  const std::string path = "experiment_file_test.h5";
  std::ofstream(path, std::ios::binary) << "\x89HDF\r\n\x1a\n and so on";
  CHECK_THROWS_WITH(
      load_experiment(path),
      path + ": is a results file (HDF5), not an experiment (YAML); 'firesweep show " + path + "' prints it");
  std::filesystem::remove(path);
}

TEST_CASE("an experiment that cannot be read is bad input") {
  const auto complaint = [](const std::string& path) -> std::string {
    try {
      load_experiment(path);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  };
  CHECK(complaint("no/such/file.yaml") ==
        "no/such/file.yaml: cannot read the experiment (there is no such file)");
  CHECK(complaint(".") == ".: cannot read the experiment (it is a directory)");
}
