#include <string>

#include "catch.hpp"
#include "experiment_examples.hpp"

using namespace firesweep;

namespace {

// All that is warned of in an experiment, one warning a line.
std::string warnings(const std::string& text, std::vector<std::string> overrides = {}) {
  std::string lines;
  for (const Problem& warning : parse_experiment({"e.yaml", text, std::move(overrides)}).warnings)
    lines += to_string(warning.where) + ": " + warning.message + "\n";
  return lines;
}

bool warns(const std::string& text, const std::string& of) {
  const std::string said = warnings(text);
  INFO(text);
  INFO(said);
  return said.find(of) != std::string::npos;
}

}  // namespace

TEST_CASE("the documented examples are warned of only for what they are") {
  CHECK(warnings(full_example).empty());
  CHECK(warnings(minimal).empty());
  CHECK(warnings(sweep_example + "on_bare_ground: force\n").empty());
}

TEST_CASE("humidity that looks like a share is doubted, with the percentage that was meant") {
  CHECK(
      warnings(with_axis("humidity: [0.15]")) ==
      "e.yaml:3:3: matrix.humidity is at most 1 percent (it is in percent, not a share); did you mean 15?\n");
  CHECK(warnings(with_line("weather: {humidity: 0.07}")) ==
        "e.yaml:2:11: weather.humidity is at most 1 percent (it is in percent, not a share); did you mean "
        "7?\n");
  CHECK(warns(with_axis("humidity: {from: 0.1, to: 0.3, count: 3}"), "did you mean 10 to 30?"));
  CHECK(warns(with_axis("humidity: [0, 1]"), "did you mean 0 to 100?"));
  CHECK(warnings(with_axis("humidity: [0.5, 5]")).empty());
  CHECK(warnings(with_axis("humidity: [0]")).empty());
}

TEST_CASE("a density swept while fires on bare ground do not start is warned of") {
  const std::string swept = with_axis("vegetation_density: [0.6, 0.9]");
  CHECK(warns(swept, "e.yaml:3:3: vegetation_density is swept while on_bare_ground is skip"));
  CHECK(warns(swept, "at density 0.6, 40 % of the points are on bare ground"));
  CHECK(warnings(swept + "on_bare_ground: nearest\n").empty());
  CHECK(warnings(with_axis("vegetation_density: [0.6]")).empty());
}

TEST_CASE("labels that tables take for missing are warned of") {
  for (const std::string label : {"NA", "N/A", "nan", "NaN", "null", "NULL", "None", "#N/A"}) {
    const std::string text = with_axis("ignition_set: {a: [[1, 1]], \"" + label + "\": [[2, 2]]}");
    CHECK(warns(text, "e.yaml:3:31: ignition set '" + label + "' will be lost in tables"));
  }
  CHECK(warnings(with_axis("ignition_set: {Nan: [[1, 1]], north: [[2, 2]], none: [[3, 3]]}")).empty());
}

TEST_CASE("danger levels whose whole weather is replaced are warned of") {
  const std::string levels = "matrix:\n  danger_level: [low, high]\n  wind_speed: [10, 20]\n";
  CHECK(warns(levels + "weather: {humidity: 20, temperature: 30}\n",
              "e.yaml:2:3: the danger levels have no effect"));
  CHECK(warnings(levels + "weather: {humidity: 20}\n").empty());
}

TEST_CASE("a wind direction is kept, and said to change nothing") {
  CHECK(warns(with_line("weather: {wind_direction: 90}"),
              "e.yaml:2:11: weather.wind_direction changes nothing (it is kept"));
}

TEST_CASE("warnings come in the order of the file, those of options last, and name the option") {
  CHECK(warnings("matrix:\n  danger_level: [low]\n  ignition_set: {NA: [[1, 1]]}\n",
                 {"weather.humidity=0.2"}) ==
        "e.yaml:3:18: ignition set 'NA' will be lost in tables (pandas or R read this word as a missing "
        "value); "
        "choose another name\n"
        "--set weather.humidity: weather.humidity is at most 1 percent (it is in percent, not a share); did "
        "you mean "
        "20?\n");
}
