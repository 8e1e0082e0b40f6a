#include "firesweep/store/run_chunks.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include "firesweep/store/results_file.hpp"

#include "../catch.hpp"
#include "content/early_datasets.hpp"
#include "results_sample.hpp"

namespace firesweep {
namespace {

/// Of many runs, and nothing but them.
Plan many_runs(std::size_t seeds) {
  Experiment experiment = sample::experiment();
  experiment.seeds = Seeds(Seed{0}, seeds);
  experiment.exclude.clear();
  experiment.outputs = {};
  experiment.outputs.maps = false;
  experiment.outputs.curves = false;
  return Plan(experiment);
}

/// Whatever the runs came to.
BlockResult made_up(const Block& block) {
  std::vector<RunRecord> records(block.count);
  for (std::size_t i = 0; i < block.count; ++i) {
    const auto number = static_cast<std::uint32_t>(block.first_seed + i + 7 * block.scenario);
    records[i].status = RunStatus::ok;
    records[i].ignitions = 1;
    records[i].burnt_cells = 1 + number * number % 301;
    records[i].vegetated_cells = 340 - records[i].burnt_cells;
    records[i].steps = 1 + number % 17;
    records[i].peak_burning_cells = 1 + number % 5;
  }
  BlockResult result;
  result.block = block;
  result.records = RunColumns(records);
  return result;
}

std::vector<Block> blocks_of(const Plan& plan, std::size_t length) {
  std::vector<Block> blocks;
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario)
    for (std::size_t first = 0; !plan.is_excluded(scenario) && first < plan.seeds(); first += length)
      blocks.push_back({scenario, first, std::min(length, plan.seeds() - first)});
  return blocks;
}

/// How many chunks of the burnt cells are compressed, and how many hashed.
struct Progress {
  std::size_t compressed;
  std::uint64_t hashed;

  friend bool operator==(const Progress&, const Progress&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Progress& progress) {
    return out << progress.compressed << " compressed, " << progress.hashed << " hashed";
  }
};

Progress progress(const RunChunks& chunks) {
  const EarlyDatasets early = chunks.early();
  const EarlyDataset& dataset = early.by_name.at("burnt_cells");
  return {dataset.chunks.size(), dataset.hashed};
}

/// Waits for it, and returns it or what there was at last.
Progress awaited(const RunChunks& chunks, const Progress& expected) {
  for (int tries = 0; tries < 3000 && progress(chunks) != expected; ++tries)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return progress(chunks);
}

void merge(Results& results, RunChunks& chunks, const Block& block) {
  results.merge(made_up(block));
  chunks.look_at(results, block.scenario * results.plan().seeds() + block.first_seed, block.count);
}

TEST_CASE("a file is the same bytes whether its runs were compressed before or while it is written") {
  const std::size_t seeds = GENERATE(30'000U, 70'000U);
  const sample::Folder folder;
  const Plan plan = many_runs(seeds);
  Results results(plan);
  bool has_begun = false;
  RunChunks chunks(plan, [&has_begun] { has_begun = true; });
  std::vector<Block> blocks = blocks_of(plan, 7'000);
  std::rotate(blocks.begin(), blocks.begin() + static_cast<std::ptrdiff_t>(blocks.size() / 3), blocks.end());
  for (const Block& block : blocks) merge(results, chunks, block);
  publish_results(folder / "early.h5", results, sample::provenance(), {}, 2, &chunks);
  chunks.finish();
  CHECK(has_begun);
  publish_results(folder / "late.h5", results, sample::provenance(), {}, 2, &chunks);
  publish_results(folder / "plain.h5", results, sample::provenance(), {}, 1);
  CHECK((sample::bytes_of(folder / "early.h5") == sample::bytes_of(folder / "plain.h5")));
  CHECK((sample::bytes_of(folder / "late.h5") == sample::bytes_of(folder / "plain.h5")));
}

TEST_CASE("runs are compressed as soon as all of a chunk are known, and hashed in their order") {
  const sample::Folder folder;
  const Plan plan = many_runs(70'000);  // two chunks for each scenario
  Results results(plan);
  RunChunks chunks(plan, [] {});
  merge(results, chunks, {1, 0, 65'536});
  CHECK(awaited(chunks, {1, 0}) == Progress{1, 0});
  merge(results, chunks, {0, 0, 5});
  merge(results, chunks, {0, 6, 69'994});
  CHECK(awaited(chunks, {2, 0}) == Progress{2, 0});
  merge(results, chunks, {0, 5, 1});
  CHECK(awaited(chunks, {3, 3}) == Progress{3, 3});
  publish_results(folder / "early.h5", results, sample::provenance(), {}, 1, &chunks);
  publish_results(folder / "plain.h5", results, sample::provenance(), {}, 1);
  CHECK((sample::bytes_of(folder / "early.h5") == sample::bytes_of(folder / "plain.h5")));
}

TEST_CASE("what was compressed of another shape is left alone") {
  const sample::Folder folder;
  const Plan plan = many_runs(70'000);
  Results results(plan);
  RunChunks chunks(plan, [] {});
  merge(results, chunks, {0, 0, 70'000});
  CHECK(awaited(chunks, {2, 2}) == Progress{2, 2});
  const Plan grown = many_runs(80'000);
  const Results more(grown, std::move(results));
  publish_results(folder / "early.h5", more, sample::provenance(), {}, 1, &chunks);
  publish_results(folder / "plain.h5", more, sample::provenance(), {}, 1);
  CHECK((sample::bytes_of(folder / "early.h5") == sample::bytes_of(folder / "plain.h5")));
}

}  // namespace
}  // namespace firesweep
