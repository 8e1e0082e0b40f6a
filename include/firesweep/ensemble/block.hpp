#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "firesweep/engine/record.hpp"
#include "firesweep/engine/tally.hpp"
#include "firesweep/ensemble/run_columns.hpp"

namespace firesweep {

/// Consecutive seeds of one scenario: the unit of work that is handed to a rank.
struct Block {
  std::size_t scenario = 0;
  std::size_t first_seed = 0;  ///< index into the plan's seeds
  std::size_t count = 0;

  friend bool operator==(const Block&, const Block&) = default;
};

/// A run that threw, and what it said.
struct Failure {
  std::size_t scenario = 0;
  std::size_t seed = 0;  ///< index into the plan's seeds
  std::string message;

  friend bool operator==(const Failure&, const Failure&) = default;
};

/// Pairs of fires of one seed in two scenarios, by where they differ.
struct PairTally {
  std::uint32_t seeds = 0;  ///< pairs that were compared
  std::vector<TileTally>
      only_first;  ///< how often each cell burnt in the earlier scenario alone, tiles as in Tally
  std::vector<TileTally> only_second;  ///< in the later one alone

  friend bool operator==(const PairTally&, const PairTally&) = default;
};

/// What a run of a block took of a set of assets that it has reached.
struct RunLoss {
  std::uint32_t run = 0;  ///< place among the block's records
  std::uint32_t set = 0;
  AssetLoss loss;

  friend bool operator==(const RunLoss&, const RunLoss&) = default;
};

/// What came of a block.
struct BlockResult {
  Block block;
  RunColumns records;  ///< one per seed, in order; `missing` for runs that were abandoned
  std::vector<Failure> failures;
  Tally tally;           ///< over the runs with status ok
  double seconds = 0.0;  ///< wall-clock time of one thread
  /// Cells burning at each step 0..steps of the runs with status ok, one run after the other; empty unless
  /// asked for.
  std::vector<std::uint32_t> run_curves{};
  /// Cells burnt at the same steps, where cells burn for more than one; else empty.
  std::vector<std::uint64_t> run_burnt{};
  std::vector<RunLoss> losses{};  ///< by run, then set
  /// Of the scenario's paired_map_pairs(), over its runs with status ok.
  std::vector<PairTally> pairs{};
};

}  // namespace firesweep
