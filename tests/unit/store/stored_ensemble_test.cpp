#include "firesweep/store/stored_ensemble.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <random>
#include <stdexcept>

#include "firesweep/check/contract.hpp"
#include "firesweep/config/experiment_file.hpp"
#include "firesweep/ensemble/block_runner.hpp"
#include "firesweep/ensemble/shard.hpp"
#include "firesweep/store/results_file.hpp"

#include "../catch.hpp"
#include "results_sample.hpp"

namespace firesweep {
namespace {

const std::atomic<bool> never_stop = false;
SpareThreads no_spare(1);

/// Small fires with every output asked for, some of which max_steps cuts off.
Experiment small_fires() {
  Experiment made;
  made.name = "small-fires";
  made.base.extent = {19, 21};
  made.base.max_steps = 9;
  made.axes = {DangerLevelAxis{{DangerLevel::high, DangerLevel::extreme}},
               IgnitionSetAxis{{{"centre", IgnitionPoints{{10, 9}}}, {"two", RandomIgnition{2}}}}};
  made.seeds = Seeds(Seed{0}, 20);
  made.exclude = {Exclusion{{{0, 0}, {1, 1}}}};
  made.outputs.arrival = true;
  made.outputs.run_curves = true;
  made.outputs.cell_counts = true;
  return made;
}

/// The same with a level between the two and seeds before, between and after those it has.
Experiment more_small_fires() {
  Experiment made = small_fires();
  made.axes[0] = DangerLevelAxis{{DangerLevel::high, DangerLevel::severe, DangerLevel::extreme}};
  std::vector<Seed> seeds = {Seed{501}};
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    if (seed == 5) seeds.push_back(Seed{500});
    seeds.push_back(Seed{seed});
  }
  seeds.push_back(Seed{502});
  made.seeds = Seeds(std::move(seeds));
  return made;
}

BlockRunner runner(const Plan& plan) {
  const Experiment& experiment = plan.experiment();
  return {plan,
          make_kernel(KernelKind::automatic, experiment.base.extent, tally_choice(experiment)),
          1,
          no_spare,
          never_stop,
          [](std::size_t, Seed seed) {
            if (seed == Seed{3} || seed == Seed{500}) throw std::runtime_error("made to fail: \"é\"");
          }};
}

using Choice = std::function<bool(std::size_t scenario, std::size_t seed)>;

/// Makes all runs that are missing and chosen.
void make_runs(Results& results, const Choice& is_chosen) {
  const Plan& plan = results.plan();
  BlockRunner burner = runner(plan);
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario) {
    if (plan.is_excluded(scenario)) continue;
    for (std::size_t seed = 0; seed < plan.seeds(); ++seed) {
      const bool is_missing = results.records(scenario)[seed].status == RunStatus::missing;
      if (is_missing && is_chosen(scenario, seed)) results.merge(burner.run({scenario, seed, 1}));
    }
  }
}

bool all_of_them(std::size_t, std::size_t) {
  return true;
}

Provenance provenance_of(const Results& results) {
  Provenance provenance = sample::provenance();
  provenance.yaml_as_resolved = resolved_yaml(results.plan().experiment());
  return provenance;
}

/// Publishes results; returns the hash of their content.
std::string publish(const std::string& path, const Results& results) {
  publish_results(path, results, provenance_of(results), sample::performance());
  return StoredEnsemble(path).content_sha256();
}

/// The content of an ensemble that is made without a break.
std::string hash_in_one_go(const Experiment& experiment) {
  const sample::Folder folder;
  const Plan plan(experiment);
  Results results(plan);
  make_runs(results, all_of_them);
  return publish(folder / "whole.h5", results);
}

void check_equal(const Results& a, const Results& b) {
  for (std::size_t s = 0; s < a.plan().scenarios(); ++s) {
    CHECK(std::ranges::equal(a.records(s), b.records(s)));
    CHECK(std::ranges::equal(a.burn_count(s), b.burn_count(s)));
    CHECK(std::ranges::equal(a.arrival_sum(s), b.arrival_sum(s)));
    CHECK(a.curves(s) == b.curves(s));
    bool has_same_run_curves = true;
    for (std::size_t seed = 0; seed < a.plan().seeds(); ++seed)
      has_same_run_curves &= std::ranges::equal(a.run_curves(s)[seed], b.run_curves(s)[seed]);
    CHECK(has_same_run_curves);
  }
  CHECK(a.failures() == b.failures());
  CHECK(a.runs_ok() == b.runs_ok());
}

TEST_CASE("what is restored equals what was published") {
  const sample::Folder folder;
  const Plan plan(small_fires());
  Results published(plan);
  make_runs(published, [](std::size_t scenario, std::size_t seed) { return (scenario + seed) % 3 != 0; });
  publish(folder / "part.h5", published);
  const StoredEnsemble stored(folder / "part.h5");
  CHECK(stored.experiment() == plan.experiment());
  Results restored(plan);
  stored.restore(restored);
  check_equal(published, restored);
  CHECK(restored.runs_failed() > 0);
  CHECK(restored.failures().front().message == "made to fail: \"é\"");
}

TEST_CASE("an ensemble interrupted anywhere and gone on with is the ensemble made in one go") {
  const std::string whole = hash_in_one_go(small_fires());
  for (const unsigned seed : {1U, 2U, 3U}) {
    const sample::Folder folder;
    const std::string path = folder / "part.h5";
    std::mt19937 random(seed);
    const Plan plan(small_fires());
    for (const unsigned chance : {20U, 0U, 50U, 100U}) {
      Results results(plan);
      if (!folder.names().empty()) StoredEnsemble(path).restore(results);
      make_runs(results, [&](std::size_t, std::size_t) { return random() % 100 < chance; });
      const std::string hash = publish(path, results);
      CHECK((hash == whole) == (chance == 100));
    }
  }
}

TEST_CASE("an ensemble extended by seeds and levels is the larger one made in one go") {
  const sample::Folder folder;
  const Plan small(small_fires());
  Results of_small(small);
  make_runs(of_small, [](std::size_t, std::size_t seed) { return seed != 13; });
  publish(folder / "small.h5", of_small);

  const Plan large(more_small_fires());
  Results of_large(large);
  StoredEnsemble(folder / "small.h5").restore(of_large);
  CHECK(of_large.runs_ok() == of_small.runs_ok());
  make_runs(of_large, all_of_them);
  CHECK(publish(folder / "large.h5", of_large) == hash_in_one_go(more_small_fires()));
}

TEST_CASE("two shards together are the whole") {
  const sample::Folder folder;
  const Plan plan(small_fires());
  Results both(plan);
  for (const std::size_t index : {1U, 2U}) {
    const std::string path = folder / ("shard-" + std::to_string(index));
    Results part(plan);
    make_runs(part, [&](std::size_t scenario, std::size_t seed) {
      return contains({index, 2}, plan, scenario, seed);
    });
    publish(path, part);
    StoredEnsemble(path).restore(both);
  }
  CHECK(publish(folder / "both.h5", both) == hash_in_one_go(small_fires()));
}

TEST_CASE("only what was asked for is restored") {
  struct Asked {
    bool maps, arrival, curves, run_curves, cell_counts;
  };
  for (const auto& [maps, arrival, curves, run_curves, cell_counts] :
       {Asked{false, false, false, false, false}, Asked{true, false, false, false, true},
        Asked{false, true, false, false, false}, Asked{false, false, true, false, false},
        Asked{false, false, false, true, false}}) {
    const sample::Folder folder;
    Experiment experiment = small_fires();
    experiment.outputs.maps = maps;
    experiment.outputs.arrival = arrival;
    experiment.outputs.curves = curves;
    experiment.outputs.run_curves = run_curves;
    experiment.outputs.cell_counts = cell_counts;
    const Plan plan(experiment);
    Results published(plan);
    make_runs(published, all_of_them);
    publish(folder / "some.h5", published);
    Results restored(plan);
    StoredEnsemble(folder / "some.h5").restore(restored);
    check_equal(published, restored);
  }
}

TEST_CASE("scenarios may be read in any order, however many columns' pieces they lie in") {
  const sample::Folder folder;
  Experiment experiment = small_fires();
  experiment.base.extent = {2, 2};
  experiment.axes[1] = IgnitionSetAxis{{{"centre", IgnitionPoints{{1, 1}}}}};
  experiment.exclude.clear();
  experiment.seeds = Seeds(Seed{1000}, 70'000);
  const Plan plan(experiment);
  Results published(plan);
  BlockRunner burner = runner(plan);
  for (const std::size_t scenario : {0U, 1U})
    for (const std::size_t first : {0U, 35'000U}) published.merge(burner.run({scenario, first, 35'000}));
  publish(folder / "long.h5", published);
  const StoredEnsemble stored(folder / "long.h5");
  for (const std::size_t scenario : {1U, 0U, 0U, 1U})
    CHECK(std::ranges::equal(stored.records(scenario), published.records(scenario)));
}

TEST_CASE("runs are counted by scenario") {
  const sample::Folder folder;
  sample::publish(folder / "sample.h5");
  const StoredEnsemble stored(folder / "sample.h5", StoredEnsemble::Check::file);
  const std::vector<RunCounts> counts = stored.counts();
  REQUIRE(counts.size() == 12);
  CHECK(counts[0].planned == 0);
  CHECK(counts[0].missing() == 0);
  CHECK(counts[1].planned == 8);
  CHECK(counts[1].ok == 6);
  CHECK(counts[1].failed == 1);
  CHECK(counts[1].missing() == 1);
  CHECK(counts[2].ok == 8);
}

TEST_CASE("a run is restored once") {
  const sample::Folder folder;
  sample::publish(folder / "sample.h5");
  const Plan plan(sample::experiment());
  Results results(plan);
  const StoredEnsemble stored(folder / "sample.h5");
  stored.restore(results);
  CHECK_THROWS_AS(stored.restore(results), BrokenContract);
}

TEST_CASE("provenance is read back, sessions and all") {
  const sample::Folder folder;
  Provenance provenance = sample::provenance();
  provenance.overrides = {"landscape.width=20", "name=sample"};
  provenance.sessions.push_back(
      {"there", 3, 4, "tile", "2026-01-02T00:00:00Z", "2026-01-02T00:01:00Z", "running", 7, 12.5, "2/8"});
  const Plan plan(sample::experiment());
  const Results results(plan);
  publish_results(folder / "s.h5", results, provenance, sample::performance());
  const StoredEnsemble ensemble(folder / "s.h5");
  const Provenance& stored = ensemble.provenance();
  CHECK(stored.command_line == provenance.command_line);
  CHECK(stored.experiment_path == provenance.experiment_path);
  CHECK(stored.yaml_as_written == provenance.yaml_as_written);
  CHECK(stored.overrides == provenance.overrides);
  CHECK(stored.yaml_as_resolved == provenance.yaml_as_resolved);
  REQUIRE(stored.sessions.size() == 2);
  CHECK(stored.sessions[0].ending == "complete");
  const Session& last = stored.sessions[1];
  CHECK(last.host == "there");
  CHECK(last.ranks == 3);
  CHECK(last.threads == 4);
  CHECK(last.kernel == "tile");
  CHECK(last.start == "2026-01-02T00:00:00Z");
  CHECK(last.end == "2026-01-02T00:01:00Z");
  CHECK(last.ending == "running");
  CHECK(last.runs == 7);
  CHECK(last.seconds_left == 12.5);
  CHECK(last.shard == "2/8");
}

}  // namespace
}  // namespace firesweep
