#include "firesweep/ensemble/schedule.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "firesweep/engine/tally.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

Schedule::Work work(std::size_t scenario, std::size_t runs, double expected) {
  return {.scenario = scenario, .gaps = {{scenario, 0, runs}}, .expected_seconds = expected};
}

// Plays an ensemble on one worker: every block is answered at once with its true cost.
std::vector<Block> play(Schedule& schedule, const std::map<std::size_t, double>& cost) {
  std::vector<Block> blocks;
  while (const auto block = schedule.next()) {
    blocks.push_back(*block);
    schedule.learn(*block, cost.at(block->scenario) * static_cast<double>(block->count));
  }
  return blocks;
}

}  // namespace

TEST_CASE("every run is handed out exactly once, gaps apart") {
  Schedule schedule(
      {{.scenario = 0, .gaps = {{0, 3, 5}, {0, 20, 100}}, .expected_seconds = 1e-3}, work(2, 7, 1e-5)},
      {.workers = 3});
  std::multiset<std::pair<std::size_t, std::size_t>> runs;
  for (const Block& block : play(schedule, {{0, 2e-3}, {2, 1e-6}})) {
    for (std::size_t i = 0; i < block.count; ++i) runs.insert({block.scenario, block.first_seed + i});
  }
  CHECK(runs.size() == 5 + 100 + 7);
  CHECK(runs.count({0, 3}) == 1);
  CHECK(runs.count({0, 7}) == 1);
  CHECK(runs.count({0, 8}) == 0);
  CHECK(runs.count({0, 119}) == 1);
  CHECK(runs.count({2, 6}) == 1);
}

TEST_CASE("every scenario is piloted before any is worked off, the costliest by guess first") {
  Schedule schedule({work(0, 10'000, 1e-6), work(1, 10'000, 1e-2), work(2, 10'000, 1e-4)}, {.workers = 2});
  const std::vector<Block> blocks = play(schedule, {{0, 1e-6}, {1, 1e-2}, {2, 1e-4}});
  CHECK(blocks[0].scenario == 1);
  CHECK(blocks[1].scenario == 2);
  CHECK(blocks[2].scenario == 0);
  CHECK(blocks[2].count <= Schedule::Settings{}.pilot_runs);
}

TEST_CASE("after the pilots the costliest as measured goes first, whatever was guessed") {
  Schedule schedule({work(0, 1000, 1e-2), work(1, 1000, 1e-6)}, {});
  const std::vector<Block> blocks = play(schedule, {{0, 1e-6}, {1, 1e-2}});
  const auto last_of_1 =
      std::find_if(blocks.rbegin(), blocks.rend(), [](const Block& b) { return b.scenario == 1; });
  const auto rest_of_0 =
      std::find_if(blocks.begin() + 2, blocks.end(), [](const Block& b) { return b.scenario == 0; });
  CHECK(rest_of_0 - blocks.begin() > blocks.rend() - last_of_1 - 1);
}

TEST_CASE("blocks shrink towards the end and none is longer than allowed") {
  const Schedule::Settings settings{.workers = 4, .longest_block = 0.5, .shortest_block = 0.01};
  Schedule schedule({work(0, 10'000, 1e-2)}, settings);
  const std::vector<Block> blocks = play(schedule, {{0, 1e-2}});
  for (std::size_t i = 1; i + 1 < blocks.size(); ++i) {
    CHECK(blocks[i].count <= 50);
    CHECK(blocks[i + 1].count <= blocks[i].count + 1);  // a run is a run: costs round
  }
  CHECK(blocks[2].count >= 49);
  CHECK(blocks.back().count <= 2);
}

TEST_CASE("no block has more runs than a tally can count") {
  Schedule schedule({work(0, 10'000'000, 1e-9)}, {});
  for (const Block& block : play(schedule, {{0, 1e-9}})) CHECK(block.count <= max_fires_per_tally);
}

TEST_CASE("the time left is what the measured costs say, shared by the workers") {
  Schedule schedule({work(0, 1000, 1.0)}, {.workers = 2, .pilot_runs = 10});
  CHECK(schedule.seconds_left() == Approx(500.0));
  const auto block = schedule.next();
  schedule.learn(*block, 0.25 * static_cast<double>(block->count));
  CHECK(schedule.seconds_left() == Approx(0.25 * static_cast<double>(1000 - block->count) / 2));
}

TEST_CASE("nothing to do is handed out as nothing") {
  Schedule schedule({}, {});
  CHECK_FALSE(schedule.next().has_value());
  CHECK(schedule.seconds_left() == 0.0);
}
