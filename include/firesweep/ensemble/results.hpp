#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "firesweep/ensemble/block.hpp"
#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// All that is known of an ensemble so far: a record per run and exact sums over the runs of each scenario.
/// Blocks may come in any order; the same blocks give the same results.
class Results {
 public:
  /// Every run missing. Scenarios and shapes are those of `plan`, which must outlive the results.
  explicit Results(const Plan& plan);

  /// Adds a block of runs that were missing. Runs that are missing in the block stay missing.
  void merge(const BlockResult& result);

  const Plan& plan() const { return plan_; }

  /// One record per seed, shape (seeds).
  std::span<const RunRecord> records(std::size_t scenario) const;

  /// Runs in which each cell caught fire, shape (height, width); empty if maps are off.
  std::span<const std::uint32_t> burn_count(std::size_t scenario) const;

  /// Sum of the steps at which each cell caught fire, shape (height, width); empty if arrival is off.
  std::span<const std::uint64_t> arrival_sum(std::size_t scenario) const;

  /// Sums per step over the runs with status ok; empty if curves are off.
  const CurveTally& curves(std::size_t scenario) const { return curves_[scenario]; }

  /// Failed runs by scenario, then seed.
  std::vector<Failure> failures() const;

  std::uint64_t runs_ok() const { return runs_ok_; }
  std::uint64_t runs_failed() const { return failures_.size(); }
  std::uint64_t runs_failed(std::size_t scenario) const;

 private:
  void add_maps(std::size_t scenario, const Tally& tally);

  const Plan& plan_;
  std::vector<RunRecord> records_;          // shape (scenarios, seeds)
  std::vector<std::uint32_t> burn_count_;   // shape (scenarios, height, width)
  std::vector<std::uint64_t> arrival_sum_;  // shape (scenarios, height, width)
  std::vector<CurveTally> curves_;          // shape (scenarios)
  std::vector<Failure> failures_;
  std::uint64_t runs_ok_ = 0;
};

}  // namespace firesweep
