#include "firesweep/ensemble/shard.hpp"

#include <cmath>

#include "firesweep/check/input_error.hpp"

#include "catch.hpp"
#include "ensemble_sample.hpp"

using namespace firesweep;

TEST_CASE("every run belongs to exactly one shard, and shards are of one size but for a run per scenario") {
  constexpr std::size_t scenarios = 4;
  for (const std::size_t seeds : {1U, 5U, 8U, 100U}) {
    const Plan plan(small_ensemble(seeds));
    REQUIRE(plan.scenarios() == scenarios);
    for (const std::size_t count : {1U, 3U, 8U, 13U}) {
      std::vector<std::size_t> sizes(count);
      for (std::size_t scenario = 0; scenario < scenarios; ++scenario) {
        for (std::size_t seed = 0; seed < seeds; ++seed) {
          std::size_t owners = 0;
          for (std::size_t index = 1; index <= count; ++index) {
            if (!contains({index, count}, plan, scenario, seed)) continue;
            ++owners;
            ++sizes[index - 1];
          }
          CHECK(owners == 1);
        }
      }
      const double fair = static_cast<double>(scenarios * seeds) / static_cast<double>(count);
      for (const std::size_t size : sizes) CHECK(std::abs(static_cast<double>(size) - fair) <= scenarios);
    }
  }
}

TEST_CASE("scenarios whose seeds grow are whole in a shard") {
  Experiment experiment = small_ensemble(10);
  experiment.until = StoppingRule{.first_stage = 10, .most = 40, .targets = {{.half_width = 0.1}}};
  const Plan plan(experiment);
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario)
    for (std::size_t seed = 0; seed < 10; ++seed)
      for (const std::size_t index : {1U, 2U})
        CHECK(contains({index, 2}, plan, scenario, seed) == (scenario % 2 == index - 1));
}

TEST_CASE("a shard is read from what a user writes, counting from one") {
  CHECK(parse_shard("2/8") == Shard{2, 8});
  CHECK(parse_shard("1/1") == Shard{1, 1});
  CHECK(text(Shard{2, 8}) == "2/8");
  for (const char* const wrong : {"", "2", "/", "0/8", "9/8", "-1/8", "2/8 ", "a/b", "1/0", "2/8/3", "1.5/8"})
    CHECK_THROWS_AS(parse_shard(wrong), InputError);
}

TEST_CASE("what is missing are the stretches of a shard's seeds that have no record yet") {
  const Plan plan(small_ensemble(10));
  Results results(plan);
  CHECK(missing_runs(results, 0, {}) == std::vector<Block>{{0, 0, 10}});
  BlockResult done{.block = {0, 3, 2},
                   .records = {{.status = RunStatus::ok}, {.status = RunStatus::ok}},
                   .failures = {},
                   .tally = {}};
  results.merge(done);
  CHECK(missing_runs(results, 0, {}) == std::vector<Block>{{0, 0, 3}, {0, 5, 5}});
  CHECK(missing_runs(results, 0, {1, 2}) == std::vector<Block>{{0, 0, 3}});
  CHECK(missing_runs(results, 0, {2, 2}) == std::vector<Block>{{0, 5, 5}});
  CHECK(missing_runs(results, 1, {1, 2}) == std::vector<Block>{{1, 5, 5}});
}
