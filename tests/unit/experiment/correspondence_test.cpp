#include "firesweep/experiment/correspondence.hpp"

#include <optional>
#include <string>
#include <vector>

#include "catch.hpp"
#include "small_experiment.hpp"

using namespace firesweep;

TEST_CASE("a scenario is found by its labels and a seed by its value, wherever they are in the other plan") {
  const Plan small(small_experiment());
  Experiment experiment = small_experiment();
  experiment.axes[0] = DangerLevelAxis{{DangerLevel::extreme, DangerLevel::low, DangerLevel::high}};
  experiment.axes[2] = ParameterAxis{find_parameter("wind_speed"), {5.0, 10.0, 42.5, 50.0, 80.0}};
  experiment.seeds = {Seed{7}, Seed{4}, Seed{3}, Seed{11}, Seed{0}};
  const Plan large(experiment);
  const Correspondence places(small, large);
  CHECK(places.has_same_axes());
  for (std::size_t s = 0; s < small.scenarios(); ++s) {
    REQUIRE(places.scenario(s).has_value());
    CHECK(large.labels(*places.scenario(s)) == small.labels(s));
  }
  for (std::size_t i = 0; i < small.seeds(); ++i) {
    REQUIRE(places.seed(i).has_value());
    CHECK(large.seed(*places.seed(i)) == small.seed(i));
  }
}

TEST_CASE("what the other plan lacks has no place in it") {
  const Plan small(small_experiment());
  Experiment experiment = small_experiment();
  experiment.axes[2] = ParameterAxis{find_parameter("wind_speed"), {10.0, 80.0}};
  experiment.seeds = {Seed{3}, Seed{8}};
  const Plan other(experiment);
  const Correspondence places(small, other);
  CHECK(places.scenario(0) == 0U);
  CHECK(places.scenario(1) == std::nullopt);
  CHECK(places.scenario(2) == 1U);
  CHECK(places.scenario(11) == 7U);
  CHECK(places.value(2, 1) == std::nullopt);
  CHECK(places.seed(0) == std::nullopt);
  CHECK(places.seed(1) == 0U);
}

TEST_CASE("nothing has a place in a plan with other axes") {
  const Plan small(small_experiment());
  Experiment experiment = small_experiment();
  std::swap(experiment.axes[0], experiment.axes[1]);
  const Plan other(experiment);
  const Correspondence places(small, other);
  CHECK_FALSE(places.has_same_axes());
  CHECK(places.scenario(0) == std::nullopt);
  CHECK(places.seed(0) == std::nullopt);
}
