#include "firesweep/ensemble/results.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <thread>
#include <vector>

#include "firesweep/check/contract.hpp"
#include "firesweep/ensemble/block_runner.hpp"
#include "firesweep/ensemble/wire.hpp"

#include "catch.hpp"
#include "ensemble_sample.hpp"

using namespace firesweep;

namespace {

Experiment with_run_curves(std::uint64_t seeds) {
  Experiment experiment = small_ensemble(seeds);
  experiment.outputs.run_curves = true;
  return experiment;
}

SpareThreads no_spare(1);

BlockRunner runner(const Plan& plan, BlockRunner::BeforeRun before_run = {},
                   const std::atomic<bool>& stop = never_stop) {
  return {plan,
          make_kernel(KernelKind::automatic, plan.experiment().base.extent, tally_choice(plan.experiment())),
          1,
          no_spare,
          stop,
          std::move(before_run)};
}

std::vector<BlockResult> all_blocks(const Plan& plan, std::size_t runs_per_block) {
  BlockRunner burner = runner(plan);
  std::vector<BlockResult> results;
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario) {
    for (std::size_t first = 0; first < plan.seeds(); first += runs_per_block)
      results.push_back(burner.run({scenario, first, std::min(runs_per_block, plan.seeds() - first)}));
  }
  return results;
}

bool equal(const Results& a, const Results& b) {
  bool is_equal = true;
  for (std::size_t s = 0; s < a.plan().scenarios(); ++s) {
    is_equal &= std::ranges::equal(a.records(s), b.records(s)) &&
                std::ranges::equal(a.burn_count(s), b.burn_count(s)) &&
                std::ranges::equal(a.arrival_sum(s), b.arrival_sum(s)) && a.curves(s) == b.curves(s);
    for (std::size_t seed = 0; seed < a.plan().seeds(); ++seed)
      is_equal &= std::ranges::equal(a.run_curves(s)[seed], b.run_curves(s)[seed]);
  }
  return is_equal;
}

// All that `results` know of a scenario.
ScenarioResults known_of(const Results& results, std::size_t scenario) {
  const auto copy = [](const auto span) { return std::vector(span.begin(), span.end()); };
  ScenarioResults known{copy(results.records(scenario)),
                        copy(results.burn_count(scenario)),
                        copy(results.arrival_sum(scenario)),
                        results.curves(scenario),
                        {},
                        results.run_curves(scenario)};
  for (const Failure& failure : results.failures())
    if (failure.scenario == scenario) known.failures.push_back(failure);
  return known;
}

}  // namespace

TEST_CASE("results are the same for any size and order of blocks") {
  const Plan plan(with_run_curves(40));
  Results large(plan);
  for (const BlockResult& block : all_blocks(plan, 40)) large.merge(block);
  Results small(plan);
  std::vector<BlockResult> blocks = all_blocks(plan, 7);
  std::rotate(blocks.begin(), blocks.begin() + 9, blocks.end());
  for (const BlockResult& block : blocks) small.merge(block);
  CHECK(large.runs_ok() == 160);
  CHECK(equal(large, small));
}

TEST_CASE("results are the same if several threads merge at once") {
  const Plan plan(small_ensemble(200));
  std::vector<BlockResult> blocks = all_blocks(plan, 3);
  for (std::size_t i = 0; i < blocks.size(); i += 40)  // columns have to get wider now and then
    blocks[i].records.set(0, {.burnt_cells = std::uint64_t{1} << i / 8, .status = RunStatus::ok});
  Results one_by_one(plan);
  for (const BlockResult& block : blocks) one_by_one.merge(block);
  Results at_once(plan);
  std::atomic<std::size_t> next = 0;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread)
      threads.emplace_back([&] {
        for (std::size_t i = next++; i < blocks.size(); i = next++) at_once.merge(blocks[i]);
      });
  }
  CHECK(equal(one_by_one, at_once));
  CHECK(one_by_one.runs_ok() == at_once.runs_ok());
}

TEST_CASE("adding seeds leaves the runs that were there as they were") {
  const Plan few(with_run_curves(10));
  const Plan many(with_run_curves(25));
  Results of_few(few);
  for (const BlockResult& block : all_blocks(few, 10)) of_few.merge(block);
  Results of_many(many);
  for (const BlockResult& block : all_blocks(many, 25)) of_many.merge(block);
  for (std::size_t s = 0; s < few.scenarios(); ++s)
    CHECK(std::ranges::equal(of_few.records(s), of_many.records(s).first(10)));
}

TEST_CASE("burn counts add up to the burnt cells of the records") {
  const Plan plan(with_run_curves(30));
  Results results(plan);
  for (const BlockResult& block : all_blocks(plan, 30)) results.merge(block);
  for (std::size_t s = 0; s < plan.scenarios(); ++s) {
    std::uint64_t burnt = 0;
    for (const RunRecord& record : results.records(s)) burnt += record.burnt_cells;
    std::uint64_t counted = 0;
    for (const std::uint32_t count : results.burn_count(s)) counted += count;
    CHECK(counted == burnt);
    CHECK(burnt > 0);
  }
}

TEST_CASE("curves of runs add up to those of their scenario, and are kept only if asked for") {
  const Plan plan(with_run_curves(20));
  Results results(plan);
  for (const BlockResult& block : all_blocks(plan, 7)) results.merge(block);
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario) {
    std::vector<std::uint64_t> sum(results.curves(scenario).burning.size());
    for (std::size_t seed = 0; seed < plan.seeds(); ++seed) {
      const auto curve = results.run_curves(scenario)[seed];
      CHECK(curve.size() == std::size_t{results.records(scenario)[seed].steps} + 1);
      for (std::size_t step = 0; step < curve.size(); ++step) sum[step] += curve[step];
    }
    CHECK(sum == results.curves(scenario).burning);
  }
  const Plan without(small_ensemble(20));
  Results fewer(without);
  for (const BlockResult& block : all_blocks(without, 7)) fewer.merge(block);
  CHECK(fewer.run_curves(1)[3].empty());
}

TEST_CASE("a block whose curves are not those of its runs breaks the contract") {
  const Plan plan(with_run_curves(3));
  const BlockResult sound = runner(plan).run({0, 0, 3});
  BlockResult cut = sound;
  cut.run_curves.pop_back();
  Results results(plan);
  CHECK_THROWS_AS(results.merge(cut), BrokenContract);
  BlockResult grown = sound;
  grown.run_curves.push_back(0);
  Results others(plan);
  CHECK_THROWS_AS(others.merge(grown), BrokenContract);
}

TEST_CASE("a run is merged once") {
  const Plan plan(with_run_curves(5));
  Results results(plan);
  const BlockResult block = runner(plan).run({0, 0, 5});
  results.merge(block);
  CHECK_THROWS_AS(results.merge(block), BrokenContract);
}

TEST_CASE("a run that throws is a record, and the others of its block are untouched") {
  const Plan plan(with_run_curves(6));
  BlockRunner faulty = runner(plan, [](std::size_t, Seed seed) {
    if (seed == Seed{4}) throw std::runtime_error("the disk of fate is full");
  });
  const BlockResult result = faulty.run({1, 0, 6});
  const BlockResult sound = runner(plan).run({1, 0, 6});
  CHECK(result.records[4] == RunRecord{.status = RunStatus::failed});
  CHECK(result.failures == std::vector<Failure>{{1, 4, "the disk of fate is full"}});
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U}) CHECK(result.records[i] == sound.records[i]);

  Results results(plan);
  results.merge(result);
  CHECK(results.runs_ok() == 5);
  CHECK(results.runs_failed() == 1);
  CHECK(results.failures().front().message == "the disk of fate is full");
}

TEST_CASE("a stopped runner leaves the rest of its block missing") {
  const Plan plan(with_run_curves(6));
  std::atomic<bool> stop = false;
  BlockRunner stopped = runner(
      plan, [&](std::size_t, Seed seed) { stop = seed == Seed{3}; }, stop);
  const BlockResult result = stopped.run({0, 0, 6});
  for (const std::size_t i : {0U, 1U, 2U}) CHECK(result.records[i].status == RunStatus::ok);
  for (const std::size_t i : {3U, 4U, 5U}) CHECK(result.records[i].status == RunStatus::missing);
  Results results(plan);
  results.merge(result);
  CHECK(results.runs_ok() == 3);
}

TEST_CASE("parts of an ensemble that are added are the ensemble") {
  const Plan plan(with_run_curves(20));
  BlockRunner faulty = runner(plan, [](std::size_t, Seed seed) {
    if (seed == Seed{12}) throw std::runtime_error("an ember in the fan");
  });
  Results whole(plan);
  Results odd(plan);
  Results even(plan);
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario) {
    for (std::size_t seed = 0; seed < plan.seeds(); ++seed) {
      const BlockResult one_run = faulty.run({scenario, seed, 1});
      whole.merge(one_run);
      (seed % 2 == 0 ? even : odd).merge(one_run);
    }
  }
  Results sum(plan);
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario) {
    sum.add(scenario, known_of(odd, scenario));
    sum.add(scenario, known_of(even, scenario));
  }
  CHECK(equal(sum, whole));
  CHECK(sum.runs_ok() == whole.runs_ok());
  CHECK(sum.failures() == whole.failures());
  CHECK(sum.runs_failed() == 4);
}

TEST_CASE("a run is added once, and what is added has the plan's shapes") {
  const Plan plan(with_run_curves(5));
  Results made(plan);
  made.merge(runner(plan).run({1, 2, 2}));
  const ScenarioResults known = known_of(made, 1);
  Results results(plan);
  results.add(1, known);
  CHECK_THROWS_AS(results.add(1, known), BrokenContract);
  ScenarioResults without_map = known;
  without_map.burn_count.clear();
  CHECK_THROWS_AS(results.add(2, without_map), BrokenContract);
  CHECK_THROWS_AS(results.add(plan.scenarios(), known), BrokenContract);
}
