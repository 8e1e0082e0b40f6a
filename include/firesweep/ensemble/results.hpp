#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <vector>

#include "firesweep/ensemble/block.hpp"
#include "firesweep/ensemble/run_curves.hpp"
#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// How often a cell burnt in one of two fires of the same seed only. See paired_map_pairs().
struct PairMaps {
  std::uint64_t seeds = 0;                 ///< pairs of fires
  std::vector<std::uint32_t> only_first;   ///< in the earlier scenario, shape (height, width)
  std::vector<std::uint32_t> only_second;  ///< in the later one

  friend bool operator==(const PairMaps&, const PairMaps&) = default;
};

/// What is known of one scenario's runs, as a results file keeps it.
struct ScenarioResults {
  std::vector<RunRecord> records;          ///< shape (seeds); missing where not known
  std::vector<std::uint32_t> burn_count;   ///< shape (height, width); empty if maps are off
  std::vector<std::uint64_t> arrival_sum;  ///< shape (height, width); empty if arrival is off
  CurveTally curves;                       ///< empty if curves are off
  std::vector<Failure> failures;           ///< of the failed records
  RunCurves run_curves{};                  ///< of the records that are ok; of no seeds if they are off
  std::vector<AssetLoss> losses{};  ///< of the records, shape (seeds, sets of assets); nothing unless ok
  std::vector<PairMaps> pairs{};    ///< with the earlier scenarios of its paired_map_pairs()
};

/// All that is known of an ensemble so far: a record per run and exact sums over the runs of each scenario.
/// Blocks may come in any order; the same blocks give the same results.
class Results {
 public:
  /// Every run missing. Scenarios and shapes are those of `plan`, which must outlive the results.
  explicit Results(const Plan& plan);

  /// What was known in a plan of the same experiment that differs in how many of its seeds scenarios have.
  Results(const Plan& plan, Results&& known);

  /// Adds a block of runs that were missing. Runs that are missing in the block stay missing. Several threads may do so at
  /// once, while nobody reads.
  void merge(const BlockResult& result);

  /// Adds what another ensemble knows of a scenario: its records where they are not missing, all of which
  /// must be missing here, and its sums. Scenario and seeds are numbered as in this plan.
  void add(std::size_t scenario, const ScenarioResults& known);

  /// Makes all failed runs missing.
  void forget_failures();

  const Plan& plan() const { return plan_; }

  /// All of them, shape (scenarios, seeds).
  RunRows records() const { return records_; }

  /// One record per seed, shape (seeds).
  RunRows records(std::size_t scenario) const;

  /// What they took of each set of assets, shape (seeds, sets); nothing unless the run is ok.
  std::span<const AssetLoss> losses(std::size_t scenario) const;

  /// Runs in which each cell caught fire, shape (height, width); empty if maps are off.
  std::span<const std::uint32_t> burn_count(std::size_t scenario) const;

  /// Of the scenario's paired_map_pairs(), in their order.
  std::span<const PairMaps> pairs(std::size_t scenario) const { return pairs_[scenario]; }

  /// Sum of the steps at which each cell caught fire, shape (height, width); empty if arrival is off.
  std::span<const std::uint64_t> arrival_sum(std::size_t scenario) const;

  /// Sums per step over the runs with status ok; empty if curves are off.
  const CurveTally& curves(std::size_t scenario) const { return curves_[scenario]; }

  /// Of the runs with status ok; of no seeds if they are off.
  const RunCurves& run_curves(std::size_t scenario) const { return run_curves_[scenario]; }

  /// Failed runs by scenario, then seed.
  std::vector<Failure> failures() const;

  std::uint64_t runs_ok() const { return runs_ok_; }
  std::uint64_t runs_failed() const { return failures_.size(); }
  std::uint64_t runs_failed(std::size_t scenario) const;

 private:
  // Of threads that merge at once.
  struct Locks {
    explicit Locks(std::size_t scenarios) : of_scenario(scenarios) {}
    std::shared_mutex columns;  // alone where they have to get wider, as those of all scenarios move
    std::vector<std::mutex> of_scenario;
    std::mutex of_counts;
  };

  void set_records(std::size_t place, const RunRows& records);
  void add_sums(const BlockResult& result);
  void add_maps(std::size_t scenario, const Tally& tally);
  void add_counts(std::span<std::uint32_t> map, const TileTally& tile) const;
  void add_run_curves(const BlockResult& result);

  const Plan& plan_;
  RunColumns records_;                        // shape (scenarios, seeds)
  std::vector<AssetLoss> losses_;             // shape (scenarios, seeds, sets of assets)
  std::vector<std::uint32_t> burn_count_;     // shape (scenarios, height, width)
  std::vector<std::uint64_t> arrival_sum_;    // shape (scenarios, height, width)
  std::vector<std::vector<PairMaps>> pairs_;  // shape (scenarios, earlier ones)
  std::vector<CurveTally> curves_;            // shape (scenarios)
  std::vector<RunCurves> run_curves_;         // shape (scenarios)
  std::vector<Failure> failures_;
  std::uint64_t runs_ok_ = 0;
  std::unique_ptr<Locks> locks_;
};

}  // namespace firesweep
