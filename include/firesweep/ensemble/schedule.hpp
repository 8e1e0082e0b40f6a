#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "firesweep/ensemble/block.hpp"

namespace firesweep {

/// Decides which block is handed out next: costliest scenario first, blocks sized by the cost measured so
/// far.
///
/// What a fire costs varies a million-fold between scenarios and is not known before some have burnt, so
/// every scenario starts with a small pilot block. Later blocks are an equal share of the work that is left,
/// which shrinks them towards the end; and the cheap fires come last, so that no rank waits long for another.
class Schedule {
 public:
  struct Settings {
    std::size_t workers = 1;         ///< threads on all ranks
    double longest_block = 0.5;      ///< [s]
    double shortest_block = 0.002;   ///< [s], worth a message
    double blocks_per_worker = 4.0;  ///< shares in which the work left is cut
    std::size_t pilot_runs = 32;     ///< at most
  };

  /// The runs of one scenario that are still to be made, and a first guess of what one costs.
  struct Work {
    std::size_t scenario = 0;
    std::vector<Block> gaps;         ///< what is missing, in order of seeds
    double expected_seconds = 1e-6;  ///< per run; only its order of magnitude matters
  };

  Schedule(const std::vector<Work>& work, Settings settings);

  /// The next block, or nothing when all have been handed out.
  std::optional<Block> next();

  /// Learns from a finished block what its scenario costs.
  void learn(const Block& block, double seconds);

  /// Expected wall-clock time for all runs that have not come back, every worker busy [s].
  double seconds_left() const;

 private:
  struct Queue {
    std::vector<Block> gaps;    // what is left, the next one last
    std::size_t remaining = 0;  // runs not handed out
    std::size_t in_hand = 0;    // runs handed out that have not come back
    bool is_piloted = false;    // whether a block has been handed out
    double expected = 0.0;      // guess of seconds per run
    double seconds = 0.0;       // measured
    std::size_t measured = 0;   // runs behind `seconds`

    double seconds_per_run() const;
  };

  // Unpiloted scenarios before others, then by cost; the scenario breaks ties.
  using Priority = std::tuple<bool, double, std::size_t>;

  Priority priority(std::size_t scenario) const;
  std::size_t runs_in_next_block(const Queue& queue) const;
  template <typename Change>
  void change(std::size_t scenario, const Change& change);

  Settings settings_;
  std::vector<Queue> queues_;       // by scenario
  std::set<Priority> waiting_;      // scenarios with work left
  double remaining_seconds_ = 0.0;  // of one thread, for what is not handed out
  double seconds_in_hand_ = 0.0;    // of one thread, for what is
};

}  // namespace firesweep
