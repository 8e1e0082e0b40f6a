#include "firesweep/experiment/bootstrap_words.hpp"

#include "catch.hpp"
#include "small_experiment.hpp"

using namespace firesweep;

namespace {

/// Word number i of an experiment.
std::uint64_t word(const Experiment& experiment, std::uint64_t i) {
  std::vector<std::uint64_t> words(2);
  bootstrap_words(experiment)(i, words);
  CHECK(words[1] == number(experiment.seeds.front(), Purpose::bootstrap, i + 1));
  return words[0];
}

}  // namespace

TEST_CASE("the words of the bootstrap are numbers of the first seed, and no others of that fire") {
  CHECK(word(small_experiment(), 0) == number(Seed{7}, Purpose::bootstrap, 0));
  CHECK(word(small_experiment(), 5'000'000'000) == number(Seed{7}, Purpose::bootstrap, 5'000'000'000));
  CHECK(word(small_experiment(), 0) != number(Seed{7}, Purpose::ignition, 0));
}

TEST_CASE("the words of the bootstrap do not depend on the scenarios") {
  Experiment experiment = small_experiment();
  const std::uint64_t before = word(experiment, 3);
  experiment.axes.pop_back();
  experiment.seeds = {Seed{7}, Seed{3}, Seed{0}};
  CHECK(word(experiment, 3) == before);
  experiment.seeds = {Seed{8}, Seed{3}, Seed{0}};
  CHECK(word(experiment, 3) != before);
}
