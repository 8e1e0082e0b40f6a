#include <string>
#include <vector>

#include "firesweep/experiment/plan.hpp"

#include "catch.hpp"
#include "experiment_examples.hpp"

using namespace firesweep;

TEST_CASE("axes are not empty and do not repeat themselves") {
  check({
      {"matrix: {danger_level: []}",
       "e.yaml:1:24: matrix.danger_level has no values (an axis needs at least one)"},
      {with_axis("humidity: []"), "e.yaml:3:13: matrix.humidity has no values (an axis needs at least one)"},
      {with_axis("seed: []"), "e.yaml:3:9: matrix.seed has no values (an axis needs at least one)"},
      {with_axis("ignition_set: {}"),
       "e.yaml:3:17: matrix.ignition_set has no values (an axis needs at least one)"},
      {"matrix: {danger_level: [low, high, low]}",
       "e.yaml:1:36: danger level low is listed twice (first at 1:25)"},
      {with_axis("humidity: [5, 5.0]"),
       "e.yaml:3:17: matrix.humidity: the value 5 is listed twice (first at 3:14)"},
      {with_axis("humidity_offset: [0, -0.0]"),
       "e.yaml:3:24: matrix.humidity_offset: the value 0 is listed twice (first at 3:21)"},
      {with_axis("seed: [3, 17, 3]"), "e.yaml:3:17: seed 3 is listed twice (first at 3:10)"},
  });
}

TEST_CASE("ranges are whole, and give distinct values") {
  check({
      {with_axis("humidity: {from: 1, to: 5}"),
       "e.yaml:3:13: matrix.humidity.count is missing (a range is {from: 40, to: 80, count: 9})"},
      {with_axis("humidity: {from: 1, to: 5, count: 0}"),
       "e.yaml:3:37: matrix.humidity.count must be a whole number from 1 to 10000000, not '0'"},
      {with_axis("humidity: {from: 1, to: 101, count: 3}"),
       "e.yaml:3:27: matrix.humidity.to must be a number from 0 to 100, not '101'"},
      {with_axis("humidity: {from: 1, to: 5, count: 1}"),
       "e.yaml:3:13: matrix.humidity has one value but two ends (with count 1, from and to must be equal)"},
      {with_axis("humidity: {from: 1, to: 1, count: 3}"),
       "e.yaml:3:13: matrix.humidity gives the same value twice (3 values do not fit between 1 and 1)"},
  });
}

TEST_CASE("a range by steps, or of seeds from one to another, is refused with the count that was meant") {
  check({
      {with_axis("wind_speed: {from: 40, to: 80, step: 5}"),
       "e.yaml:3:34: matrix.wind_speed has a step (a range says how many values there are); write {from: 40, "
       "to: 80, "
       "count: 9}"},
      {with_axis("humidity_offset: {from: 0, to: 1, step: 0.3}"),
       "e.yaml:3:37: matrix.humidity_offset has a step (a range says how many values there are); write "
       "{from: 0, to: "
       "0.9, count: 4}"},
      {with_axis("wind_speed: {from: 80, to: 40, step: -20}"),
       "e.yaml:3:34: matrix.wind_speed has a step (a range says how many values there are); write {from: 80, "
       "to: 40, "
       "count: 3}"},
      {with_axis("wind_speed: {from: 40, to: 80, step: 0}"),
       "e.yaml:3:34: matrix.wind_speed has a step (a range says how many values there are)"},
      {with_axis("seed: {from: 1, to: 1000}"),
       "e.yaml:3:10: matrix.seed has no from and to (seeds are counted from the first); write {first: 1, "
       "count: 1000}"},
      {with_axis("seed: {from: 7}"),
       "e.yaml:3:10: matrix.seed has no from and to (seeds are counted from the first); write {first, "
       "count}"},
  });
}

TEST_CASE("an axis that changes nothing is refused") {
  check({{with_axis("wind_direction: [0, 90]"),
          "e.yaml:3:3: matrix.wind_direction changes nothing (all its scenarios would burn alike); "
          "model.wind_directionality, e.g. 0.036, lets the wind turn fires"}});
}

TEST_CASE("a wind that turns fires has a direction") {
  check(
      {{with_line("model: {wind_directionality: 0.036}"),
        "e.yaml:2:9: the wind turns fires, but nobody says where it comes from; give weather.wind_direction "
        "[degrees clockwise from true north] or sweep it in matrix"},
       {with_line("model: {form: alexandridis}"),
        "e.yaml:2:9: the wind turns fires, but nobody says where it comes from; give weather.wind_direction "
        "[degrees clockwise from true north] or sweep it in matrix"}});
}

TEST_CASE("a results file may hold an axis that was allowed when it was made") {
  const Experiment experiment = parse_stored_experiment("f.h5", with_axis("wind_direction: [0, 90]"));
  CHECK(Plan(experiment).scenarios() == 2);
}

TEST_CASE("ignition points lie in the landscape, once each") {
  const std::string set =
      "landscape: {width: 8, height: 4}\nmatrix:\n  danger_level: [low]\n  ignition_set: ";
  check({
      {set + "{a: [[8, 0]]}",
       "e.yaml:4:22: ignition point [8, 0] of 'a' lies outside the 8 x 4 landscape (x must be 0..7)"},
      {set + "{a: [[7, 3], [0, 4]]}",
       "e.yaml:4:30: ignition point [0, 4] of 'a' lies outside the 8 x 4 landscape (y must be 0..3)"},
      {set + "{a: [[-1, 9]]}",
       "e.yaml:4:22: ignition point [-1, 9] of 'a' lies outside the 8 x 4 landscape (x must be 0..7, y must "
       "be 0..3)"},
      {set + "{a: [[1, 1], [2, 2], [1, 1]]}",
       "e.yaml:4:38: ignition point [1, 1] of 'a' is listed twice (first at 4:22)"},
      {set + "{a: [[1.5, 1]]}",
       "e.yaml:4:23: x of an ignition point of 'a' must be a whole number, not '1.5'"},
      {set + "{a: [[1, 1, 1]]}", "e.yaml:4:22: an ignition point of 'a' must be [x, y], not a list of 3"},
      {set + "{a: [{x: 1}]}", "e.yaml:4:22: an ignition point of 'a' must be [x, y], not a map"},
      {set + "{a: [1, 2]}",
       "e.yaml:4:21: ignition set 'a' must be a list of points, not one point; write [[1, 2]]"},
      {set + "{a: []}", "e.yaml:4:21: ignition set 'a' has no points (nothing would burn)"},
      {set + "{a: {}}", "e.yaml:4:21: ignition set 'a' is empty; write for example {random: 12}"},
      {set + "{a: 3}",
       "e.yaml:4:21: ignition set 'a' must be a list of points [[x, y], ...], {at: [[easting, northing], "
       "...]}, {line: [[x, y], ...]}, {box: [x0, y0, x1, y1]}, {points: FILE} or {random: k}, not '3'"},
      {set + "{a: {random: 0}}",
       "e.yaml:4:30: ignition_set.a.random must be a whole number from 1 to 4294967295, not '0'"},
      {set + "{a: {random: 33}}",
       "e.yaml:4:30: ignition_set.a.random asks for 33 distinct cells, but the 8 x 4 landscape has 32"},
      {set + "{\"a\\0b\": [[1, 1]]}",
       "e.yaml:4:18: the name of an ignition set must not contain control characters"},
  });
}

TEST_CASE("seeds stay within 64 bits and within reason, without being written out") {
  check({
      {with_axis("seed: {first: -1}"),
       "e.yaml:3:17: matrix.seed.first must be a whole number from 0 to 18446744073709551615, not '-1'"},
      {with_axis("seed: {count: 0}"),
       "e.yaml:3:17: matrix.seed.count must be a whole number from 1 to 100000000, not '0'"},
      {with_axis("seed: {first: 18446744073709551615, count: 2}"),
       "e.yaml:3:9: matrix.seed runs past the largest seed 18446744073709551615 (first 18446744073709551615, "
       "count 2)"},
      {with_axis("seed: [18446744073709551616]"),
       "e.yaml:3:10: a seed must be a whole number from 0 to 18446744073709551615, not "
       "'18446744073709551616'"},
      {with_axis("seed: {count: 1000000000000000}"),
       "e.yaml:3:17: matrix.seed.count must be a whole number from 1 to 100000000, not '1000000000000000'"},
  });
}

TEST_CASE("a matrix of too many scenarios is refused before it is multiplied out") {
  CHECK(complaints("matrix:\n  danger_level: [low]\n  humidity: {from: 0, to: 100, count: 10000}\n  "
                   "wind_speed: {from: 0, "
                   "to: 100, count: 10000}\n") ==
        "e.yaml:1:1: the matrix has more than 10000000 scenarios (1 danger_level x 10000 humidity x 10000 "
        "wind_speed x 1 "
        "ignition_set); shorten an axis");
}

TEST_CASE("a parameter is set once: by its section or by an axis") {
  check({
      {with_axis("humidity: [5]") + "weather: {humidity: 7}\n",
       "e.yaml:4:11: humidity is set in weather and swept in matrix (the axis would override it); remove one "
       "of the two"},
      {with_axis("vegetation_density: [0.5]") + "landscape: {vegetation_density: 0.7}\n",
       "e.yaml:4:13: vegetation_density is set in landscape and swept in matrix (the axis would override "
       "it); remove one of "
       "the two"},
      {with_axis("base_rate: [0.5]") + "model: {base_rate: 0.7}\n",
       "e.yaml:4:9: base_rate is set in model and swept in matrix (the axis would override it); remove one "
       "of the two"},
  });
}

TEST_CASE("an experiment without weather says what is missing") {
  check({
      {"name: a\nmatrix: {humidity: [5]}\nweather: {wind_direction: 90}\n",
       "e.yaml:2:1: the weather is incomplete (without matrix.danger_level, weather or matrix must give "
       "wind_speed and "
       "temperature); add for example danger_level: [extreme] to matrix"},
      {"name: a\n",
       "e.yaml:1:1: the weather is incomplete (without matrix.danger_level, weather or matrix must give "
       "wind_speed, humidity "
       "and temperature); add for example danger_level: [extreme] to matrix"},
  });
}

TEST_CASE("exclude names what there is, and leaves something over") {
  const std::string matrix = "matrix:\n  danger_level: [low, severe]\n  humidity: [5, 10]\n";
  check({
      {matrix + "exclude: [{wind_speed: 3}]\n",
       "e.yaml:4:12: unknown axis 'wind_speed' in exclude (the axes are danger_level, humidity and "
       "ignition_set)"},
      {matrix + "exclude: [{danger_level: sever}]\n",
       "e.yaml:4:26: 'sever' is not on the axis danger_level (there is nothing to leave out); did you mean "
       "'severe'?"},
      {matrix + "exclude: [{humidity: 7}]\n",
       "e.yaml:4:22: '7' is not on the axis humidity (there is nothing to leave out)"},
      {matrix + "exclude: [{humidity: [5]}]\n", "e.yaml:4:22: exclude.humidity must be a number, not a list"},
      {matrix + "exclude: [{}]\n",
       "e.yaml:4:11: an entry of exclude names no axis (it would leave out everything); remove it"},
      {matrix + "exclude: [low]\n",
       "e.yaml:4:11: an entry of exclude must be a map of axes to values, not 'low'"},
      {matrix + "exclude: {danger_level: low}\n",
       "e.yaml:4:10: exclude must be a list of partial scenarios, not a map; write for example "
       "[{danger_level: low}]"},
      {matrix + "exclude: [{danger_level: low}, {danger_level: severe}]\n",
       "e.yaml:4:1: exclude leaves out every scenario (nothing would run)"},
  });
}
