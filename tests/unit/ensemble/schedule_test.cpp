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
    schedule.learn(*block, block->count, cost.at(block->scenario) * static_cast<double>(block->count));
  }
  return blocks;
}

std::size_t runs_of(const std::vector<Block>& blocks, std::size_t scenario) {
  std::size_t runs = 0;
  for (const Block& block : blocks) runs += block.scenario == scenario ? block.count : 0;
  return runs;
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

TEST_CASE("a scenario is piloted by several blocks if its runs are long") {
  Schedule schedule({work(0, 1000, 0.1), work(1, 1000, 0.01)}, {.workers = 100});
  std::vector<Block> blocks;
  while (blocks.empty() || blocks.back().scenario == 0) blocks.push_back(*schedule.next());
  CHECK(runs_of(blocks, 0) >= Schedule::Settings{}.pilot_runs);
  CHECK(runs_of(blocks, 0) <= Schedule::Settings{}.pilot_runs + 5);
  CHECK(blocks.size() > 5);
}

TEST_CASE("after the pilots the costliest as measured goes first, whatever was guessed") {
  Schedule schedule({work(0, 1000, 1e-2), work(1, 1000, 1e-6)}, {});
  const Block pilot_of_0 = *schedule.next();
  schedule.learn(pilot_of_0, pilot_of_0.count, 1e-6 * static_cast<double>(pilot_of_0.count));
  const Block pilot_of_1 = *schedule.next();
  REQUIRE(pilot_of_1.scenario == 1);
  schedule.learn(pilot_of_1, pilot_of_1.count, 1e-2 * static_cast<double>(pilot_of_1.count));
  CHECK(schedule.next()->scenario == 1);
}

TEST_CASE("cheap runs go out as fast as the work goes down, so that their records do not all come last") {
  Schedule schedule({work(0, 100'000, 1e-5), work(1, 10'000, 1e-2)}, {.workers = 10, .longest_block = 0.05});
  const std::vector<Block> blocks = play(schedule, {{0, 1e-5}, {1, 1e-2}});
  const std::vector<Block> half(
      blocks.begin(), std::find_if(blocks.begin(), blocks.end(),
                                   [](const Block& b) { return b.scenario == 1 && b.first_seed >= 5'000; }));
  CHECK(runs_of(half, 0) > 40'000);
  CHECK(runs_of(half, 0) < 60'000);
}

TEST_CASE("blocks shrink towards the end and none is longer than allowed") {
  const Schedule::Settings settings{.workers = 4, .longest_block = 0.5, .shortest_block = 0.01};
  Schedule schedule({work(0, 10'000, 1e-2)}, settings);
  const std::vector<Block> blocks = play(schedule, {{0, 1e-2}});
  for (std::size_t i = 1; i < blocks.size(); ++i) CHECK(blocks[i].count <= 50);
  const auto longest =
      std::find_if(blocks.begin(), blocks.end(), [](const Block& b) { return b.count == 50; });
  REQUIRE(longest != blocks.end());
  for (auto block = longest; block + 2 != blocks.end(); ++block) {
    CHECK((block + 1)->count <= block->count + 1);  // a run is a run: costs round
  }
  CHECK(blocks.back().count <= 2);
}

// The numbers of block_seconds() in tests/python/test_scheduler_model.py: the program follows the rule that
// was simulated.
TEST_CASE("blocks are as long as in the model of 100'000 ranks") {
  struct Row {
    std::size_t workers;
    double left_per_worker, serving, expected;  // [s]
  };
  const Row row =
      GENERATE(Row{10, 600.0, 5e-6, 0.5}, Row{1, 600.0, 0.016, 1.601}, Row{1000, 600.0, 0.016, 32.02},
               Row{100'000, 600.0, 5e-6, 3.0}, Row{10'000, 600.0, 1.1e-3, 22.2},
               Row{10'000, 600.0, 0.016, 320.2}, Row{100'000, 600.0, 0.016, 600.0},
               Row{1000, 1.0, 0.016, 12.004}, Row{100, 0.004, 5e-6, 0.003}, Row{2, 1.0, 5e-6, 0.25});
  const double cost = row.expected / 1000.0;  // so that a run more or less does not matter
  const auto runs = static_cast<std::size_t>(static_cast<double>(row.workers) * row.left_per_worker / cost);
  Schedule schedule({{.scenario = 0, .gaps = {{0, 0, 1}, {0, 2, runs}}, .expected_seconds = cost}},
                    {.workers = row.workers, .pilot_runs = 5000});
  const Block first = *schedule.next();
  REQUIRE(first.count == 1);
  schedule.learn(first, 1, cost);
  schedule.learn_serving(first, row.serving);
  CHECK(static_cast<double>(schedule.next()->count) * cost == Approx(row.expected).epsilon(2e-3));
}

TEST_CASE("who shares its blocks among many threads is given as much as all of them need") {
  const auto next_of = [](Schedule::Settings settings) {
    Schedule schedule({work(0, 10'000'000, 1e-3)}, settings);
    const Block first = *schedule.next();
    schedule.learn(first, first.count, 1e-3 * static_cast<double>(first.count));
    for (int i = 0; i < 100; ++i) {  // so that enough has been measured
      const Block block = *schedule.next();
      schedule.learn(block, block.count, 1e-3 * static_cast<double>(block.count));
    }
    return schedule.next()->count;
  };
  CHECK(next_of({.workers = 20}) == 500);
  CHECK(next_of({.workers = 20, .speed = 10}) == 5000);
}

TEST_CASE("a group's first blocks are pilots for all of it, but no more than its share") {
  CHECK(Schedule({work(0, 1'000'000, 1e-9)}, {.workers = 10, .speed = 50}).next()->count == 32 * 50);
  CHECK(Schedule({work(0, 1'000, 1e-9)}, {.workers = 10, .speed = 50}).next()->count == 32);
  CHECK(Schedule({work(0, 4'000, 1e-9)}, {.workers = 10, .speed = 50}).next()->count == 100);
}

TEST_CASE("work may come in bit by bit, and is short before it has all been handed out") {
  Schedule schedule({}, {.workers = 2});
  CHECK(schedule.is_short());
  CHECK(!schedule.next());
  schedule.add({.scenario = 3, .gaps = {{3, 0, 1000}}, .expected_seconds = 0.01});
  CHECK(!schedule.is_short());
  schedule.add({.scenario = 3, .gaps = {{3, 5000, 10}}, .expected_seconds = 0.01});
  std::size_t runs = 0;
  std::size_t last = 0;
  while (const auto block = schedule.next()) {
    runs += block->count;
    last = block->first_seed;
    schedule.learn(*block, block->count, 0.01 * static_cast<double>(block->count));
  }
  CHECK(runs == 1010);
  CHECK(last >= 5000);
  CHECK(schedule.is_short());
}

TEST_CASE("work is not short because the first fires were small") {
  constexpr std::size_t enough = 32 * 10;
  Schedule schedule({{.scenario = 0, .gaps = {{0, 0, 10'000}}, .expected_seconds = 0.1}}, {.workers = 10});
  std::size_t measured = 0;
  while (measured < enough) {
    CHECK(!schedule.is_short());
    const Block block = schedule.next().value();
    schedule.learn(block, block.count, 1e-6 * static_cast<double>(block.count));
    measured += block.count;
  }
  CHECK(schedule.is_short());
}

TEST_CASE("blocks are long from the first on where results are expected to take long") {
  const auto first_of = [](double serving) {
    return Schedule({{.scenario = 0,
                      .gaps = {{0, 0, 100'000'000}},
                      .expected_seconds = 1e-2,
                      .expected_serving = serving}},
                    {.workers = 100, .pilot_runs = 50'000})
        .next()
        ->count;
  };
  CHECK(first_of(0.02) == 400);
  CHECK(first_of(0.0) == 50);
}

TEST_CASE("a result is served in several parts") {
  const auto next_after = [](const std::vector<double>& parts) {
    Schedule schedule({work(0, 100'000'000, 1e-3)}, {.workers = 100, .pilot_runs = 50'000});
    const Block first = *schedule.next();
    schedule.learn(first, first.count, 1e-3 * static_cast<double>(first.count));
    for (const double part : parts) schedule.learn_serving(first, part);
    return schedule.next()->count;
  };
  CHECK(next_after({0.01, 0.02}) == next_after({0.03}));
  CHECK(next_after({0.03}) > next_after({0.01}));
}

TEST_CASE("a scenario whose first runs were cheap by chance does not get a block without bounds") {
  Schedule schedule({work(0, 1'000'000, 0.1)}, {.workers = 1});
  std::size_t measured = 0;
  for (int i = 0; i < 12; ++i) {
    const Block block = *schedule.next();
    CHECK(block.count <= std::max(measured, Schedule::Settings{}.pilot_runs));
    schedule.learn(block, block.count, 1e-6 * static_cast<double>(block.count));  // none has spread
    measured += block.count;
  }
  CHECK(measured > 10'000);
}

TEST_CASE("short runs that come back first do not make the long ones that are still out look cheap") {
  Schedule schedule({work(0, 1'000'000, 0.1)}, {.workers = 1000, .pilot_runs = 5});
  std::vector<Block> out;
  for (int i = 0; i < 1000; ++i) out.push_back(*schedule.next());
  const auto fewest = out.back().count;
  for (int i = 0; i < 300; ++i) {
    schedule.learn(out[static_cast<std::size_t>(i)], out[static_cast<std::size_t>(i)].count, 1e-6);
  }
  CHECK(schedule.next()->count <= 2 * fewest);
}

TEST_CASE("a block is shortened to what fits into the time available") {
  Schedule schedule({work(0, 1000, 0.01)}, {});
  const Block pilot = *schedule.next(0.105);
  CHECK(pilot.count == 10);
  schedule.learn(pilot, pilot.count, 0.2);  // twice what was guessed
  CHECK(schedule.next(0.105)->count == 5);
}

TEST_CASE("a scenario of which no run fits gives way to a cheaper one, and nothing starts if none fits") {
  Schedule schedule({work(0, 1000, 1.0), work(1, 1000, 0.01), work(2, 0, 1e-6)}, {});
  CHECK(schedule.next(0.5)->scenario == 1);
  CHECK_FALSE(schedule.next(0.005).has_value());
  CHECK(schedule.runs_waiting() > 1900);
  CHECK_FALSE(schedule.next(0.0).has_value());
  CHECK_FALSE(schedule.next(-1.0).has_value());
  CHECK(schedule.next(2.0)->scenario == 0);
}

TEST_CASE("runs that were abandoned are not counted as made, nor handed out again") {
  Schedule schedule({work(0, 100, 0.01)}, {.workers = 1, .pilot_runs = 10});
  const Block block = *schedule.next();
  REQUIRE(block.count == 10);
  schedule.learn(block, 2, 0.04);
  CHECK(schedule.seconds_left() == Approx(90 * 0.02));
  const Block next = *schedule.next();
  CHECK(next.first_seed == 10);
  schedule.learn(next, 0, 5.0);  // halted in its first run
  CHECK(schedule.seconds_left() == Approx(static_cast<double>(schedule.runs_waiting()) * 0.02));
}

TEST_CASE("runs wait until they are handed out") {
  Schedule schedule({{.scenario = 1, .gaps = {{1, 3, 5}, {1, 20, 7}}}, work(0, 3, 1e-6)}, {});
  CHECK(schedule.runs_waiting() == 15);
  const Block block = *schedule.next();
  CHECK(schedule.runs_waiting() == 15 - block.count);
  play(schedule, {{0, 1e-6}, {1, 1e-6}});
  CHECK(schedule.runs_waiting() == 0);
}

TEST_CASE("no block has more runs than a tally can count") {
  Schedule schedule({work(0, 10'000'000, 1e-9)}, {});
  for (const Block& block : play(schedule, {{0, 1e-9}})) CHECK(block.count <= max_fires_per_tally);
}

TEST_CASE("the time left is what the measured costs say, shared by the workers") {
  Schedule schedule({work(0, 1000, 1.0)}, {.workers = 2, .pilot_runs = 10});
  CHECK(schedule.seconds_left() == Approx(500.0));
  const auto block = schedule.next();
  schedule.learn(*block, block->count, 0.25 * static_cast<double>(block->count));
  CHECK(schedule.seconds_left() == Approx(0.25 * static_cast<double>(1000 - block->count) / 2));
}

TEST_CASE("nothing to do is handed out as nothing") {
  Schedule schedule({}, {});
  CHECK_FALSE(schedule.next().has_value());
  CHECK(schedule.seconds_left() == 0.0);
}
