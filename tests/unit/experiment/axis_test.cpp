#include "firesweep/experiment/axis.hpp"

#include "firesweep/check/contract.hpp"

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("an axis knows its name, its size and its labels") {
  const Axis levels = DangerLevelAxis{{DangerLevel::very_high, DangerLevel::low}};
  CHECK(name(levels) == "danger_level");
  CHECK(size(levels) == 2);
  CHECK(label(levels, 0) == "very_high");

  const Axis sets = IgnitionSetAxis{{{"east ridge", RandomIgnition{2}}}};
  CHECK(name(sets) == "ignition_set");
  CHECK(size(sets) == 1);
  CHECK(label(sets, 0) == "east ridge");
}

TEST_CASE("numbers are labelled by the shortest text that reads back to them") {
  const Axis wind = ParameterAxis{find_parameter("wind_speed"), {40.0, 42.5, 0.1, 1.0 / 3.0}};
  CHECK(name(wind) == "wind_speed");
  CHECK(label(wind, 0) == "40");
  CHECK(label(wind, 1) == "42.5");
  CHECK(label(wind, 2) == "0.1");
  CHECK(label(wind, 3) == "0.3333333333333333");
}

TEST_CASE("a label beyond the axis is a broken contract") {
  CHECK_THROWS_AS(label(DangerLevelAxis{{DangerLevel::low}}, 1), BrokenContract);
}
