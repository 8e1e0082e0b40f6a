#include <string>

#include "catch.hpp"
#include "experiment_examples.hpp"

using namespace firesweep;

namespace {

void check_round_trip(const std::string& text) {
  INFO(text);
  const Experiment experiment = parsed(text);
  const std::string resolved = resolved_yaml(experiment);
  INFO(resolved);
  CHECK(parsed(resolved) == experiment);
  CHECK(resolved_yaml(parsed(resolved)) == resolved);
}

}  // namespace

TEST_CASE("the resolved experiment parses back to an equal one") {
  check_round_trip(full_example);
  check_round_trip(sweep_example);
  check_round_trip(minimal);
  check_round_trip(
      "name: 'null'\n"
      "landscape: {width: 33, height: 65536, vegetation_density: 0.1}\n"
      "matrix:\n"
      "  humidity_offset: {from: 0, to: 1, count: 7}\n"
      "  max_probability: [1, 1e-300, 0.30000000000000004]\n"
      "  ignition_set: {'no': [[0, 0]], 'a \"b\" \\c: d, {e}': {random: 2}, 12: [[1, 2], [3, 4]], '~': [[32, "
      "65535]]}\n"
      "  temperature: [-20]\n"
      "  seed: [5, 4, 18446744073709551615, 0]\n"
      "weather: {wind_speed: 0.1, humidity: 12.5, wind_direction: 359.9}\n"
      "model: {combination: independent, base_rate: 1e5, high_wind: 0}\n"
      "on_bare_ground: nearest\n"
      "max_steps: 1000000000\n"
      "exclude:\n"
      "  - {humidity_offset: 0.3333333333333333, ignition_set: 'no'}\n"
      "  - {ignition_set: '~', max_probability: 1e-300}\n"
      "outputs: {maps: false, arrival: true, curves: false, run_curves: true, cell_counts: true, thresholds: "
      "[0], quantiles: "
      "[0.5], "
      "confidence: 0.9}\n"
      "on_failure: stop\n"
      "max_failed: 0.00000001\n");
  check_round_trip(minimal + "max_failed: 17\non_bare_ground: force\n");
  check_round_trip("matrix: {danger_level: [low], seed: [18446744073709551615, 0]}\n");
}

TEST_CASE("the resolved experiment writes out every default") {
  const std::string resolved = resolved_yaml(parsed(minimal));
  for (const std::string part : {"name: e\n",
                                 "width: 256\n",
                                 "height: 256\n",
                                 "vegetation_density: 0.85\n",
                                 "danger_level: [low]\n",
                                 "centre: [[128, 128]]\n",
                                 "seed: {first: 1, count: 1000}\n",
                                 "weather: {}\n",
                                 "base_rate: 0.35\n",
                                 "high_wind: 65\n",
                                 "combination: linear\n",
                                 "on_bare_ground: skip\n",
                                 "max_steps: 5000\n",
                                 "exclude: []\n",
                                 "maps: true\n",
                                 "arrival: false\n",
                                 "curves: true\n",
                                 "run_curves: false\n",
                                 "cell_counts: false\n",
                                 "thresholds: [0.01, 0.1, 0.5]\n",
                                 "quantiles: [0.05, 0.25, 0.5, 0.75, 0.95, 0.99]\n",
                                 "confidence: 0.95\n",
                                 "on_failure: continue\n",
                                 "max_failed: 0\n"}) {
    INFO(part);
    CHECK(resolved.find(part) != std::string::npos);
  }
}

TEST_CASE("the schema names every parameter, as a constant and as an axis, and every danger level") {
  const std::string schema = experiment_schema();
  for (const Parameter& parameter : parameters()) {
    INFO(parameter.name);
    const std::string key = '"' + std::string(parameter.name) + "\": {";
    const std::size_t first = schema.find(key);
    REQUIRE(first != std::string::npos);
    if (parameter.section != Parameter::Section::spotting)  // whose constants have other names
      CHECK(schema.find(key, first + 1) != std::string::npos);
  }
  for (const DangerLevel level : all_danger_levels)
    CHECK(schema.find('"' + std::string(name(level)) + '"') != std::string::npos);
}
