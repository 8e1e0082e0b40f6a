#include "results_sample.hpp"

#include <algorithm>

#include "firesweep/config/experiment_file.hpp"
#include "firesweep/store/results_file.hpp"

namespace firesweep::sample {
namespace {

/// A fire that grows by one cell per step for `steps` steps.
RunRecord record(std::uint32_t steps) {
  RunRecord made;
  made.status = RunStatus::ok;
  made.burnt_cells = std::uint64_t{steps} * (steps + 1) / 2;
  made.vegetated_cells = 300;
  made.steps = steps;
  made.peak_burning_cells = steps;
  made.peak_step = steps - 1;
  made.ignitions = 1;
  made.ignitions_failed = 2;
  return made;
}

void add_curve(BlockResult& block, std::uint32_t steps) {
  std::uint64_t burnt = 0;
  for (std::uint32_t step = 0; step <= steps; ++step) {
    const std::uint64_t burning = step < steps ? step + 1 : 0;
    const std::uint64_t before = step == 0 ? 0 : burnt - step;
    block.tally.curves.add_step(step, burning, before, burnt);
    block.run_curves.push_back(static_cast<std::uint32_t>(burning));
    burnt += burning;
  }
}

/// Tiles in which the first cells burnt in every fire of the block, at step 3.
void add_tile(Tally& tally, std::uint16_t fires) {
  TileTally tile;
  tile.tile_x = 1;
  tile.tile_y = 1;
  TileArrivals arrivals{};
  for (std::size_t cell = 0; cell < 4; ++cell) {
    tile.burn_count[cell] = fires;
    arrivals[cell] = std::uint64_t{3} * fires;
  }
  tally.tiles.push_back(tile);
  tally.arrival_sums.push_back(arrivals);
}

BlockResult block_of(const Block& block) {
  BlockResult result;
  result.block = block;
  std::vector<RunRecord> records;
  std::uint16_t fires = 0;
  for (std::size_t i = block.first_seed; i < block.first_seed + block.count; ++i) {
    RunRecord made;
    if (block.scenario == 1 && i == 4) {
      made.status = RunStatus::failed;
      result.failures.push_back({block.scenario, i, "a made-up failure"});
    } else if (block.scenario != 1 || i != 5) {
      const auto steps = static_cast<std::uint32_t>(1 + (7 * i + 5 * block.scenario) % 20);
      made = record(steps);
      add_curve(result, steps);
      ++fires;
    }
    records.push_back(made);
  }
  result.records = RunColumns(records);
  if (fires > 0) add_tile(result.tally, fires);
  return result;
}

}  // namespace

std::vector<BlockResult> blocks(const Plan& plan) {
  std::vector<BlockResult> made;
  for (std::size_t scenario = 0; scenario < plan.scenarios(); ++scenario) {
    if (plan.is_excluded(scenario)) continue;
    for (std::size_t seed = 0; seed < plan.seeds(); seed += 3) {
      made.push_back(block_of({scenario, seed, std::min<std::size_t>(3, plan.seeds() - seed)}));
    }
  }
  return made;
}

Provenance provenance() {
  Provenance made;
  made.command_line = "firesweep run sample.yaml";
  made.experiment_path = "sample.yaml";
  made.yaml_as_written = "name: sample\n";
  made.yaml_as_resolved = resolved_yaml(experiment());
  made.sessions = {
      {"here", 2, 1, "auto", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "complete", 78, 0.0, ""}};
  return made;
}

Performance performance() {
  Performance made;
  made.wall_seconds = 1.5;
  made.ranks.resize(2);
  for (RankPerformance& rank : made.ranks) {
    rank.host = "here";
    rank[Phase::compute].add(0.5);
    rank[Phase::compute].add(0.25);
    rank.runs = 39;
    rank.burnt_cells = 1000;
  }
  return made;
}

void publish(const std::string& path, const Performance& performance) {
  const Plan plan(experiment());
  Results results(plan);
  for (const BlockResult& block : blocks(plan)) results.merge(block);
  publish_results(path, results, provenance(), performance);
}

}  // namespace firesweep::sample
