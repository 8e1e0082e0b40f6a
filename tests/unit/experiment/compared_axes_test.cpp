#include "firesweep/experiment/compared_axes.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

/// An axis of one value, of two, and of one more than are compared unless named.
Experiment experiment() {
  Experiment made;
  ParameterAxis winds{find_parameter("wind_speed"), {}};
  for (std::size_t i = 0; i <= most_compared_unless_named; ++i)
    winds.values.push_back(10.0 + static_cast<double>(i));
  made.axes = {IgnitionSetAxis{{{"centre", IgnitionPoints{{4, 4}}}}},
               DangerLevelAxis{{DangerLevel::low, DangerLevel::high}}, winds};
  return made;
}

}  // namespace

TEST_CASE("axes of several values are compared, and very long ones only where they are named") {
  Experiment made = experiment();
  CHECK(compared_axes(made) == std::vector<std::size_t>{1});
  std::get<ParameterAxis>(made.axes[2]).values.pop_back();
  CHECK(compared_axes(made) == std::vector<std::size_t>{1, 2});
}

TEST_CASE("of named axes those alone are compared, in the order of the matrix") {
  Experiment made = experiment();
  made.outputs.compare = {"wind_speed"};
  CHECK(compared_axes(made) == std::vector<std::size_t>{2});
  made.outputs.compare = {"wind_speed", "danger_level"};
  CHECK(compared_axes(made) == std::vector<std::size_t>{1, 2});
}

TEST_CASE("every value is paired with every later one") {
  const std::vector<AxisPair> pairs = pairs_of(3);
  REQUIRE(pairs.size() == count_pairs(3));
  CHECK(pairs[0].first == 0);
  CHECK(pairs[0].second == 1);
  CHECK(pairs[1].second == 2);
  CHECK(pairs[2].first == 1);
  CHECK(pairs[2].second == 2);
  CHECK(count_pairs(0) == 0);
  CHECK(count_pairs(365) == 66'430);
}
