#include <string>
#include <vector>

#include "firesweep/experiment/plan.hpp"

#include "catch.hpp"
#include "experiment_examples.hpp"

using namespace firesweep;

TEST_CASE("the documented problems are found where they are, in the documented words") {
  CHECK(complaints("name: bad\n"
                   "landscape:\n"
                   "  width: 256\n"
                   "  height: 256\n"
                   "\n"
                   "matrix:\n"
                   "  danger_levels: [low]\n"
                   "  ignition_set:\n"
                   "    centre: [[300, 128]]\n"
                   "\n"
                   "  seed: {first: 1, count: 10}\n"
                   "  seed: [1]\n") ==
        "e.yaml:7:3: unknown key 'danger_levels' in matrix; did you mean "
        "'danger_level'?\n"
        "e.yaml:9:14: ignition point [300, 128] of 'centre' lies outside the 256 x 256 landscape (x must be "
        "0..255)\n"
        "e.yaml:12:3: duplicate key 'seed' (first at 11:3)");
}

TEST_CASE("what is not an experiment at all is one clear problem") {
  check({
      {"", "e.yaml: the experiment is empty; it needs at least a matrix with a danger_level"},
      {"# nothing\n", "e.yaml: the experiment is empty; it needs at least a matrix with a danger_level"},
      {"[1, 2]", "e.yaml:1:1: an experiment is a map of keys to values, such as 'matrix:', and nothing else"},
      {"hello", "e.yaml:1:1: an experiment is a map of keys to values, such as 'matrix:', and nothing else"},
      {minimal + "---\nname: b\n", "e.yaml:3:1: a second YAML document starts here; one is allowed"},
      {"name: a\nmatrix: [1\n", "e.yaml:3:1: not valid YAML: end of sequence flow not found"},
      {"a: 1\n b: 2\n", "e.yaml:2:3: not valid YAML: illegal map value"},
      {"matrix:\n \tdanger_level: [low]\n",
       "e.yaml:2:2: not valid YAML: a tab in the indentation; use spaces"},
      {"name: &n a\nmatrix: *n\n",
       "e.yaml:2:9: aliases (*name) are not supported (every value stands where it counts); repeat the "
       "value"},
      {"<<: {name: a}\n",
       "e.yaml:1:1: merge keys (<<) are not supported (every key stands where it counts); repeat the keys"},
      {"name: !!str a\n", "e.yaml:1:7: the tag 'tag:yaml.org,2002:str' is not supported; remove it"},
      {"{[1]: 2}\n", "e.yaml:1:2: a key must be a text that is not empty"},
      {"\"\": 2\n", "e.yaml:1:1: a key must be a text that is not empty"},
  });
}

TEST_CASE("YAML nested without end is refused, not followed") {
  const std::string said = "nested more than 32 deep";
  CHECK(complaints("a: " + std::string(100'000, '[')).find("lists and maps are " + said) !=
        std::string::npos);
  std::string list = "a:\n";
  for (int i = 0; i < 100'000; ++i) list += "- ";
  CHECK(complaints(list + "b\n").find(said) != std::string::npos);
  CHECK(complaints("{a: " + std::string(40, '{')).find(said) != std::string::npos);
}

TEST_CASE("unknown keys are refused wherever they are, with what was meant") {
  check({
      {with_line("nmae: a"), "e.yaml:2:1: unknown key 'nmae'; did you mean 'name'?"},
      {with_line("humidity: 5"), "e.yaml:2:1: unknown key 'humidity'; it belongs in weather or matrix"},
      {with_line("landscape: {heigth: 4}"),
       "e.yaml:2:13: unknown key 'heigth' in landscape; did you mean 'height'?"},
      {with_line("weather: {wind: 4}"),
       "e.yaml:2:11: unknown key 'wind' in weather; possible are wind_speed, humidity, temperature, "
       "wind_direction, series, from, to, time_format, interval, changes, known_until and change_step"},
      {with_line("model: {base_rat: 4}"),
       "e.yaml:2:9: unknown key 'base_rat' in model; did you mean 'base_rate'?"},
      {with_line("outputs: {map: true}"), "e.yaml:2:11: unknown key 'map' in outputs; did you mean 'maps'?"},
      {with_axis("combination: [linear]"),
       "e.yaml:3:3: unknown key 'combination' in matrix; it belongs in model"},
      {with_axis("seed: {start: 3}"),
       "e.yaml:3:10: unknown key 'start' in matrix.seed; possible are first, count, until and most"},
      {with_axis("wind_speed: {from: 1, to: 2, cuont: 2, count: 2}"),
       "e.yaml:3:32: unknown key 'cuont' in matrix.wind_speed; did you mean 'count'?"},
      {with_axis("ignition_set: {a: {randon: 3}}"),
       "e.yaml:3:22: unknown key 'randon' in ignition_set.a; did you mean 'random'?"},
  });
}

TEST_CASE("duplicate keys are refused wherever they are") {
  check({
      {with_line("name: a\nname: b"), "e.yaml:3:1: duplicate key 'name' (first at 2:1)"},
      {with_axis("danger_level: [high]"), "e.yaml:3:3: duplicate key 'danger_level' (first at 2:3)"},
      {with_axis("ignition_set: {a: [[1, 1]], a: [[2, 2]]}"),
       "e.yaml:3:31: duplicate key 'a' (first at 3:18)"},
  });
}

TEST_CASE("wrong types are named for what they are") {
  check({
      {"matrix: 3\n", "e.yaml:1:9: matrix must be a map of keys to values, not '3'"},
      {with_line("landscape: [3]"), "e.yaml:2:12: landscape must be a map of keys to values, not a list"},
      {with_line("landscape: {width: {a: 1}}"),
       "e.yaml:2:20: landscape.width must be a whole number from 1 to 65536, not a map"},
      {with_line("max_steps:"),
       "e.yaml:2:1: max_steps must be a whole number from 1 to 1000000000, not empty"},
      {with_line("max_steps: 1.5"),
       "e.yaml:2:12: max_steps must be a whole number from 1 to 1000000000, not '1.5'"},
      {with_line("max_steps: \"7\""),
       "e.yaml:2:12: max_steps must be a whole number from 1 to 1000000000, not the text \"7\"; remove the "
       "quotes"},
      {with_line("weather: {humidity: dry}"), "e.yaml:2:21: weather.humidity must be a number, not 'dry'"},
      {with_line("weather: {humidity: \"5\"}"),
       "e.yaml:2:21: weather.humidity must be a number, not the text \"5\"; remove the quotes"},
      {with_line("weather: {humidity: 0x10}"), "e.yaml:2:21: weather.humidity must be a number, not '0x10'"},
      {with_line("outputs: {maps: yes}"),
       "e.yaml:2:17: outputs.maps must be true or false, not 'yes'; did you mean 'true'?"},
      {with_line("outputs: {maps: off}"),
       "e.yaml:2:17: outputs.maps must be true or false, not 'off'; did you mean 'false'?"},
      {with_line("outputs: {maps: \"true\"}"),
       "e.yaml:2:17: outputs.maps must be true or false, not the text \"true\"; remove the quotes"},
      {with_line("outputs: {maps: 1}"), "e.yaml:2:17: outputs.maps must be true or false, not '1'"},
      {with_line("name: [a]"), "e.yaml:2:7: name must be a text, not a list"},
      {"matrix: {danger_level: low}",
       "e.yaml:1:24: matrix.danger_level must be a list, not 'low'; write [low]"},
      {with_axis("humidity: 5"),
       "e.yaml:3:13: matrix.humidity must be a list or a range {from, to, count}, not '5'; write [5]"},
      {with_axis("seed: 1000"),
       "e.yaml:3:9: matrix.seed must be a list or {first, count}, not '1000'; write {count: 1000} for so "
       "many seeds, "
       "or [1000] for this one"},
      {with_axis("seed: 0"),
       "e.yaml:3:9: matrix.seed must be a list or {first, count}, not '0'; write [0] for this one"},
      {with_axis("ignition_set: [centre]"),
       "e.yaml:3:17: matrix.ignition_set must be a map of names to points, not a list; write for example "
       "{centre: "
       "[[128, 128]]}"},
  });
}

TEST_CASE("leading zeros are refused, as YAML would read another number") {
  check({
      {with_line("max_steps: 010"),
       "e.yaml:2:12: max_steps has a leading zero: '010' (YAML reads it as the octal number 8); write 10"},
      {with_line("weather: {humidity: 08}"),
       "e.yaml:2:21: weather.humidity has a leading zero: '08' (YAML takes a leading zero for an octal "
       "number); write 8"},
      {with_axis("seed: [00]"),
       "e.yaml:3:10: a seed has a leading zero: '00' (YAML reads it as the octal number 0); write 0"},
  });
}

TEST_CASE("sizes and shares stay within their limits") {
  check({
      {with_line("landscape: {width: 0}"),
       "e.yaml:2:20: landscape.width must be a whole number from 1 to 65536, not '0'"},
      {with_line("landscape: {height: -3}"),
       "e.yaml:2:21: landscape.height must be a whole number from 1 to 65536, not '-3'"},
      {with_line("landscape: {height: 65537}"),
       "e.yaml:2:21: landscape.height must be a whole number from 1 to 65536, not '65537'"},
      {with_line("landscape: {vegetation_density: 1.5}"),
       "e.yaml:2:33: landscape.vegetation_density must be a number from 0 to 1, not '1.5'"},
      {with_axis("vegetation_density: [0.5, -0.1]"),
       "e.yaml:3:29: matrix.vegetation_density must be a number from 0 to 1, not '-0.1'"},
      {with_line("weather: {humidity: .nan}"),
       "e.yaml:2:21: weather.humidity must be a finite number, not '.nan'"},
      {with_line("weather: {wind_speed: -.inf}"),
       "e.yaml:2:23: weather.wind_speed must be a finite number, not '-.inf'"},
      {with_line("weather: {wind_speed: 1e999}"),
       "e.yaml:2:23: weather.wind_speed must be a number, not '1e999'"},
      {with_line("model: {wind_scale: 0}"),
       "e.yaml:2:21: model.wind_scale must be a number from 1e-06 to 1000000, not '0'"},
      {with_line("max_steps: 0"),
       "e.yaml:2:12: max_steps must be a whole number from 1 to 1000000000, not '0'"},
      {with_line("outputs: {confidence: 1}"),
       "e.yaml:2:23: outputs.confidence must be above 0 and below 1, not '1'"},
  });
}

TEST_CASE("a word that is none of the choices meets the list of them") {
  check({
      {"matrix: {danger_level: [sever]}",
       "e.yaml:1:25: a danger level must be one of low, moderate, high, very_high, severe, extreme and "
       "catastrophic, not "
       "'sever'; did you mean 'severe'?"},
      {with_line("on_bare_ground: near"),
       "e.yaml:2:17: on_bare_ground must be one of skip, nearest and force, not 'near'"},
      {with_line("model: {combination: lineer}"),
       "e.yaml:2:22: model.combination must be one of linear and independent, not 'lineer'; did you mean "
       "'linear'?"},
      {with_line("on_failure: Stop"),
       "e.yaml:2:13: on_failure must be one of continue and stop, not 'Stop'; did you mean 'stop'?"},
  });
}

TEST_CASE("percentages are not shares, but show what was meant") {
  check({
      {with_line("landscape: {vegetation_density: 85}"),
       "e.yaml:2:33: landscape.vegetation_density must be a number from 0 to 1, not '85'; did you mean "
       "0.85?"},
      {with_axis("vegetation_density: [85 %]"),
       "e.yaml:3:24: matrix.vegetation_density must be a share (1 is all), not '85 %'; did you mean 0.85?"},
      {with_line("outputs: {thresholds: [10]}"),
       "e.yaml:2:24: outputs.thresholds must be at least 0 and below 1 (they are burn fractions), not '10'; "
       "did you "
       "mean 0.1?"},
      {with_line("outputs: {confidence: 95}"),
       "e.yaml:2:23: outputs.confidence must be above 0 and below 1, not '95'; did you mean 0.95?"},
      {with_line("max_failed: 1%"),
       "e.yaml:2:13: max_failed must be a share (1 is all), not '1%'; did you mean 0.01?"},
      {with_line("max_failed: 0.5 %"),
       "e.yaml:2:13: max_failed must be a share (1 is all), not '0.5 %'; did you mean 0.005?"},
      {with_line("weather: {humidity: 15%}"),
       "e.yaml:2:21: weather.humidity must be a number, not '15%'; leave out the %"},
  });
}

TEST_CASE("whole numbers in another notation are refused with the usual one") {
  check({
      {with_axis("seed: {count: 1e3}"),
       "e.yaml:3:17: matrix.seed.count must be a whole number from 1 to 100000000, not '1e3'; write 1000"},
      {with_axis("seed: {count: 1_000}"),
       "e.yaml:3:17: matrix.seed.count must be a whole number from 1 to 100000000, not '1_000'; write 1000"},
      {with_line("max_steps: 900.0"),
       "e.yaml:2:12: max_steps must be a whole number from 1 to 1000000000, not '900.0'; write 900"},
      {with_axis("ignition_set: {a: [[1.0, 2]]}"),
       "e.yaml:3:23: x of an ignition point of 'a' must be a whole number, not '1.0'; write 1"},
  });
}

TEST_CASE("thresholds and quantiles increase within their range") {
  check({
      {with_line("outputs: {thresholds: [0.5, 0.1]}"),
       "e.yaml:2:29: outputs.thresholds must increase, but '0.1' comes after 0.5"},
      {with_line("outputs: {thresholds: [0.5, 0.5]}"),
       "e.yaml:2:29: outputs.thresholds must increase, but '0.5' comes after 0.5"},
      {with_line("outputs: {thresholds: [1.0]}"),
       "e.yaml:2:24: outputs.thresholds must be at least 0 and below 1 (they are burn fractions), not '1.0'"},
      {with_line("outputs: {quantiles: [0]}"),
       "e.yaml:2:23: outputs.quantiles must be above 0 and below 1, not '0'"},
      {with_line("outputs: {quantiles: []}"),
       "e.yaml:2:22: outputs.quantiles must be a list of one number or more, not an empty list"},
      {with_line("outputs: {quantiles: 0.5}"),
       "e.yaml:2:22: outputs.quantiles must be a list of one number or more, not '0.5'"},
  });
  CHECK(complaints(with_line("outputs: {thresholds: [0]}")).empty());
}

TEST_CASE("names go into file names and say so") {
  for (const std::string bad : {"a/b", "../x", "-x", "\"\"", "a b", "caf\xc3\xa9"}) {
    INFO(bad);
    CHECK(
        complaints(with_line("name: " + bad)).find("e.yaml:2:7: name must be at most 200 letters, digits") ==
        0);
  }
  CHECK(complaints(with_line("name: 2024_study-1.b")).empty());
}

TEST_CASE("the number of failures allowed is a number or a share") {
  check({
      {with_line("max_failed: 1.0"),
       "e.yaml:2:13: max_failed must be a number of runs, or a share above 0 and below 1 with a decimal "
       "point, not '1.0'"},
      {with_line("max_failed: -1"),
       "e.yaml:2:13: max_failed must be a whole number from 0 to 1000000000000000, not '-1'"},
      {with_line("max_failed: some"),
       "e.yaml:2:13: max_failed must be a whole number from 0 to 1000000000000000, not 'some'"},
  });
}

TEST_CASE("a value that is a problem already causes no others") {
  check({
      // no complaint about points outside a landscape of unknown width
      {"landscape: {width: wide}\nmatrix:\n  danger_level: [low]\n  ignition_set: {a: [[999999, 0]]}\n",
       "e.yaml:1:20: landscape.width must be a whole number from 1 to 65536, not 'wide'"},
      // nor about the missing weather of a danger level that is wrong, or values excluded from its axis
      {"matrix: {danger_level: [lwo]}\nexclude: [{danger_level: low}]\n",
       "e.yaml:1:25: a danger level must be one of low, moderate, high, very_high, severe, extreme and "
       "catastrophic, not "
       "'lwo'; did you mean 'low'?"},
      // nor about missing weather that is probably a misspelt key
      {"weather: {wind_sped: 3, humidity: 3, temperature: 3}\n",
       "e.yaml:1:11: unknown key 'wind_sped' in weather; did you mean 'wind_speed'?"},
  });
}

TEST_CASE("all problems come at once, in the order of the file, those of options last") {
  CHECK(
      complaints(
          "max_steps: 0\nname: a b\nmatrix:\n  danger_level: [low]\n  seed: [1, 1]\nlandscape: {width: 0}\n",
          {"outputs.maps=maybe", "x", "landscape.height=0"}) ==
      "e.yaml:1:12: max_steps must be a whole number from 1 to 1000000000, not '0'\n"
      "e.yaml:2:7: name must be at most 200 letters, digits, '-', '_' and '.', the first of them neither '-' "
      "nor '.', "
      "not 'a b' (it becomes part of file names)\n"
      "e.yaml:5:13: seed 1 is listed twice (first at 5:10)\n"
      "e.yaml:6:20: landscape.width must be a whole number from 1 to 65536, not '0'\n"
      "--set x: there is no '=' (a key and a value are expected); write for example landscape.width=512\n"
      "--set landscape.height: landscape.height must be a whole number from 1 to 65536, not '0'\n"
      "--set outputs.maps: outputs.maps must be true or false, not 'maybe'");
}

TEST_CASE("malformed overrides are problems") {
  const auto complaint = [](const std::string& assignment) { return complaints(minimal, {assignment}); };
  CHECK(complaint("=3") == "--set : '' has an empty key; write for example landscape.width=512");
  CHECK(complaint("landscape..width=3") ==
        "--set landscape..width: 'landscape..width' has an empty key; write for example landscape.width=512");
  CHECK(complaint("max_steps.x=3") ==
        "--set max_steps.x: max_steps must be a whole number from 1 to 1000000000, not a map");
  CHECK(complaint("landscape.width=[1") ==
        "--set landscape.width: not valid YAML: end of sequence flow not found");
  CHECK(complaint("landscape.wdith=1") ==
        "--set landscape.wdith: unknown key 'wdith' in landscape; did you mean 'width'?");
  CHECK(complaint("max_steps=") ==
        "--set max_steps: max_steps must be a whole number from 1 to 1000000000, not empty");
  CHECK(complaint("outputs={maps: true, maps: false}") == "--set outputs: duplicate key 'maps'");
}
