#include <string>

#include "firesweep/experiment/plan.hpp"

#include "catch.hpp"
#include "experiment_examples.hpp"

using namespace firesweep;

namespace {

const std::string turning =
    "model: {step_length: 5 min, wind_directionality: 0.01}\n"
    "weather:\n"
    "  wind_direction: 320\n"
    "  changes:\n"
    "    - {step: 60, wind_direction: 225, wind_speed: 70}\n"
    "    - {after: 6 h, humidity: 60}\n"
    "matrix: {danger_level: [severe, extreme]}\n";

const std::string named =
    "matrix:\n"
    "  weather:\n"
    "    calm: {wind_speed: 10, humidity: 30, temperature: 35}\n"
    "    front: {wind_speed: 60, humidity: 8, temperature: 43, changes: [{step: 36, humidity: 30}], "
    "known_until: "
    "90}\n";

}  // namespace

TEST_CASE("changes hold for every danger level, and a time is counted in steps") {
  const Plan plan(parsed(turning));
  const auto periods = weather_periods(plan.scenario(1));
  REQUIRE(periods.size() == 3);
  CHECK(periods[0].weather.wind_speed == 65);
  CHECK(periods[1] ==
        WeatherPeriod{60, {.wind_speed = 70, .humidity = 8, .temperature = 48, .wind_direction = 225}});
  CHECK(periods[2].first_step == 72);
  CHECK(periods[2].weather.humidity == 60);
  CHECK(periods[2].weather.wind_speed == 70);
}

TEST_CASE("named weathers stand in the place of danger levels") {
  const Plan plan(parsed(named));
  CHECK(plan.labels(1).front() == "front");
  CHECK(plan.scenario(0).weather == Weather{.wind_speed = 10, .humidity = 30, .temperature = 35});
  CHECK(weather_periods(plan.scenario(0)).size() == 1);
  CHECK(weather_periods(plan.scenario(1)).back().weather.humidity == 30);
  CHECK(plan.scenario(1).course.end == 90U);
  CHECK(plan.experiment().most_weather_periods() == 2);
}

TEST_CASE("an axis holds in every period") {
  const Plan plan(
      parsed("weather: {changes: [{step: 60, humidity: 70}]}\n"
             "matrix: {danger_level: [low], temperature: [10, 45]}\n"));
  CHECK(weather_periods(plan.scenario(1)).back().weather.temperature == 45);
}

TEST_CASE("weathers and seasons are written out as they were read") {
  for (const std::string& text :
       {turning, named, named + "season: {days_per_year: {calm: 300, front: 9.5}, fires_per_day: 0.1}\n",
        std::string(
            "matrix:\n  danger_level: [low, extreme]\n  ignition_set: {a: [[1, 1]], 'no': [[2, 2]]}\n"
            "season:\n  days_per_year: {extreme: 3, low: 200}\n  fires_per_day: {low: 0.5, extreme: 1}\n"
            "  share: {ignition_set: {a: 0.25, 'no': 0.75}}\n  return_periods: [7]\n")}) {
    const Experiment experiment = parsed(text);
    INFO(resolved_yaml(experiment));
    CHECK(parsed(resolved_yaml(experiment)) == experiment);
  }
}

TEST_CASE("an axis of the change's step moves all changes") {
  const Plan plan(
      parsed("weather: {changes: [{step: 60, wind_speed: 70}, {step: 80, humidity: 9}]}\n"
             "matrix: {danger_level: [low], change_step: [10, 100]}\n"));
  CHECK(weather_periods(plan.scenario(0)).back().first_step == 30);
  CHECK(weather_periods(plan.scenario(1)).back().first_step == 120);
}

TEST_CASE("what is wrong with the weather is told where it stands") {
  const std::string levels = "matrix: {danger_level: [low]}\n";
  const auto changes = [&](const std::string& list) {
    return levels + "weather:\n  changes: " + list + "\n";
  };
  check({
      {changes("[]"),
       "e.yaml:3:12: weather.changes must be a list of changes, not an empty one; write for example [{step: "
       "60, "
       "wind_direction: 225, wind_speed: 70}]"},
      {changes("[{step: 9}]"),
       "e.yaml:3:13: weather.changes changes nothing at step 9; name what changes: wind_speed, humidity, "
       "temperature "
       "and wind_direction"},
      {changes("[{humidity: 9}]"),
       "e.yaml:3:13: weather.changes must say when, by either step or after; write for example step: 60, or "
       "after: "
       "5 h"},
      {changes("[{after: 1 h, humidity: 9}]"),
       "e.yaml:3:21: weather.changes.after is a time, and nobody has said what a step takes; give "
       "model.step_length, "
       "or write step in its place"},
      {"model: {step_length: 7 min}\n" + changes("[{after: 1 h, humidity: 9}]"),
       "e.yaml:4:21: weather.changes.after must be a whole number of steps of 7 min, and '1 h' is 8.57143 of "
       "them"},
      {changes("[{step: 9, humidity: 9}, {step: 9, humidity: 8}]"),
       "e.yaml:3:37: weather.changes must follow each other in time (step 9 comes after step 9); put them in "
       "order, "
       "one for each step"},
      {changes("[{step: 9, humidity: 101}]"),
       "e.yaml:3:33: weather.changes.humidity must be a number from 0 to 100, not '101'"},
      {changes("[{step: 9, wind: 1}]"),
       "e.yaml:3:23: unknown key 'wind' in weather.changes; possible are wind_speed, humidity, temperature, "
       "wind_direction, step "
       "and after"},
      {"weather: {changes: [{step: 9, humidity: 9}]}\nmatrix: {danger_level: [low], humidity: [1, 2]}\n",
       "e.yaml:2:31: humidity is swept, which holds all the time, and weather.changes change "
       "humidity; leave "
       "one of the two out"},
      {"matrix: {danger_level: [low], change_step: [5]}\n",
       "e.yaml:1:31: change_step moves the changes of the weather, and there are none; give weather.changes"},
      {named + "  change_step: [5]\n",
       "e.yaml:5:3: change_step moves the changes of the weather, and matrix.weather.calm has none; give "
       "weather.changes"},
      {"weather: {changes: [{step: 9, humidity: 9}]}\nmatrix: {danger_level: [low], change_step: [2.5]}\n",
       "e.yaml:2:45: matrix.change_step must be a whole number from 1 to 1000000000, not '2.5'"},
      {named + "  danger_level: [low]\n",
       "e.yaml:2:3: matrix.weather stands in the place of matrix.danger_level (a level is a weather); leave "
       "one of "
       "the two out"},
      {named + "weather: {humidity: 3}\n",
       "e.yaml:3:5: matrix.weather.calm and weather both give humidity (for every weather); remove one of "
       "the two\n"
       "e.yaml:4:5: matrix.weather.front and weather both give humidity (for every weather); remove one of "
       "the two"},
      {"matrix:\n  weather:\n    calm: {wind_speed: 10}\n",
       "e.yaml:3:5: matrix.weather.calm is incomplete; give humidity and temperature, there or in weather"},
      {"matrix: {weather: [hot]}\n",
       "e.yaml:1:19: matrix.weather must be a map of names to weathers, or a station's file, not a list; "
       "write for example {front: "
       "{wind_speed: 60, humidity: 8, temperature: 43}}"},
  });
}

TEST_CASE("what is wrong with a season is told where it stands") {
  const auto season = [&](const std::string& keys) {
    return "matrix: {danger_level: [low, high], ignition_set: {a: [[1, 1]], b: [[2, 2]]}}\nseason: " + keys +
           "\n";
  };
  const std::string days = "days_per_year: {low: 300, high: 60}";
  check({
      {season("{}"),
       "e.yaml:2:9: season.days_per_year is missing\ne.yaml:2:9: season.fires_per_day is missing"},
      {season("{days_per_year: {low: 300}, fires_per_day: 1}"),
       "e.yaml:2:25: season.days_per_year says nothing of high; give 0 for what never comes"},
      {season("{days_per_year: {low: 300, hihg: 6, high: 1}, fires_per_day: 1}"),
       "e.yaml:2:36: season.days_per_year has 'hihg', which is not on the axis danger_level; did you mean "
       "'high'?"},
      {season("{days_per_year: {low: 300, high: 67}, fires_per_day: 1}"),
       "e.yaml:2:10: season.days_per_year adds up to 367 days, more than a year has; give days of one year"},
      {season("{" + days + ", fires_per_day: -1}"),
       "e.yaml:2:62: season.fires_per_day must be a number from 0 to 1000000, not '-1'"},
      {season("{" + days + ", fires_per_day: 1, share: {ignition_set: {a: 0.5, b: 0.4}}}"),
       "e.yaml:2:73: season.share.ignition_set adds up to 0.9, not to 1"},
      {season("{" + days + ", fires_per_day: 1, share: {danger_level: {low: 1}}}"),
       "e.yaml:2:73: season.share names no axis of the matrix that mixes: 'danger_level' (there are "
       "ignition_set)"},
      {season("{" + days + ", fires_per_day: 1, return_periods: [10, 5]}"),
       "e.yaml:2:86: season.return_periods must increase from above 0, and '5' does not"},
      {"weather: {wind_speed: 1, humidity: 2, temperature: 3}\nseason: {days_per_year: {a: 1}, "
       "fires_per_day: 1}\n",
       "e.yaml:2:9: a season counts days of each weather, and the matrix has none; give matrix.danger_level, "
       "or "
       "matrix.weather"},
  });
}
