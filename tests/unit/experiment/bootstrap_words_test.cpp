#include "firesweep/experiment/bootstrap_words.hpp"

#include "catch.hpp"
#include "small_experiment.hpp"

using namespace firesweep;

TEST_CASE("the words of the bootstrap are numbers of the first seed, and no others of that fire") {
  const auto words = bootstrap_words(small_experiment());
  CHECK(words(0) == number(Seed{7}, Purpose::bootstrap, 0));
  CHECK(words(5'000'000'000) == number(Seed{7}, Purpose::bootstrap, 5'000'000'000));
  CHECK(words(0) != number(Seed{7}, Purpose::ignition, 0));
}

TEST_CASE("the words of the bootstrap outlive the experiment and do not depend on its scenarios") {
  Experiment experiment = small_experiment();
  const auto words = bootstrap_words(experiment);
  experiment.axes.pop_back();
  experiment.seeds = {Seed{7}, Seed{3}, Seed{0}};
  CHECK(bootstrap_words(experiment)(3) == words(3));
  experiment.seeds = {Seed{8}, Seed{3}, Seed{0}};
  CHECK(bootstrap_words(experiment)(3) != words(3));
}
