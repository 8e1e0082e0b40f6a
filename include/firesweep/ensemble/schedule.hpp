#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "firesweep/ensemble/block.hpp"

namespace firesweep {

/// Decides which block is handed out next, and how long it is, by the costs measured so far.
///
/// What a fire costs varies a million-fold between scenarios and is not known before some have burnt, so
/// every scenario starts with small pilot blocks. Later blocks are an equal share of the work that is left,
/// which shrinks them towards the end, but long enough that rank 0 keeps up with the results of all workers.
/// The costliest scenario comes first; the cheapest is mixed in as fast as the work goes down, as its records
/// are the most that rank 0 has to merge and would be its bottleneck if they all came last.
///
/// Who asks may be a collector, which cuts what it gets for the workers of its group by a schedule of its own, whose work
/// comes in one block after the other.
///
/// analysis/scheduler.md shows what this brings on 10 to 100,000 ranks.
class Schedule {
 public:
  struct Settings {
    std::size_t workers = 1;                ///< threads on all ranks; or collectors
    std::size_t speed = 1;                  ///< threads behind each of them, which share its blocks
    double longest_block = 0.5;             ///< [s], unless rank 0 could not keep up
    double shortest_block = 0.002;          ///< [s], worth a message
    double blocks_per_worker = 4.0;         ///< shares in which the work left is cut
    std::size_t pilot_runs = 32;            ///< of each scenario before others go on
    double root_load = 0.5;                 ///< share of rank 0's time that results may take
    std::size_t mergers = 1;                ///< threads of rank 0 that merge results at once
    double message_seconds = 10e-6;         ///< [s] of rank 0 per result, what is learned apart
    double longest_block_for_root = 600.0;  ///< [s], which is what a lost worker loses
  };

  /// The runs of one scenario that are still to be made, and a first guess of what one costs.
  struct Work {
    std::size_t scenario = 0;
    std::vector<Block> gaps;         ///< what is missing, in order of seeds
    double expected_seconds = 1e-6;  ///< per run; only its order of magnitude matters
    double expected_serving = 0.0;   ///< seconds of rank 0 per result, a guess like that
  };

  Schedule(const std::vector<Work>& work, Settings settings);

  /// Further runs, of a scenario that may have had some before.
  void add(const Work& work);

  /// The next block that is expected to be done within `seconds_available`: the preferred scenario's,
  /// shortened if need be, or that of one whose runs are short enough. Nothing if no run fits, or none waits.
  std::optional<Block> next(double seconds_available = std::numeric_limits<double>::infinity());

  /// Learns from a block that came back, of which `runs_made` took `seconds` of one thread. An abandoned
  /// block's other runs are not handed out again.
  void learn(const Block& block, std::size_t runs_made, double seconds);

  /// Learns that a block's result kept a thread of rank 0 busy for `seconds`.
  void learn_serving(const Block& block, double seconds);

  /// Whether there is too little to hand out a block of full length to every worker.
  bool is_short() const;

  /// Runs that have not been handed out.
  std::size_t runs_waiting() const { return runs_waiting_; }

  /// Expected wall-clock time for all runs that have not come back, every worker busy [s].
  double seconds_left() const;

 private:
  struct Queue {
    std::vector<Block> gaps;        // what is left, the next one last
    std::size_t remaining = 0;      // runs not handed out
    std::size_t handed_out = 0;     // runs handed out so far
    std::size_t in_hand = 0;        // runs handed out that have not come back
    double seconds_in_hand = 0.0;   // what those were expected to cost when they were handed out
    double expected = 0.0;          // guess of seconds per run
    double seconds = 0.0;           // measured
    std::size_t measured = 0;       // runs behind `seconds`
    std::size_t results = 0;        // blocks that came back
    double serving = 0.0;           // seconds of rank 0 that they took
    double expected_serving = 0.0;  // guess of seconds per result

    double seconds_per_run() const;
    double seconds_per_result() const;
  };

  // Scenarios that lack pilots before others, then by cost; the scenario breaks ties.
  using Priority = std::tuple<bool, double, std::size_t>;

  Priority priority(std::size_t scenario) const;
  std::optional<std::size_t> scenario_within(double seconds) const;
  bool cheap_runs_lag() const;
  double length_of_block(double seconds_left, double serving) const;
  std::size_t runs_in_next_block(const Queue& queue, double seconds_available) const;
  template <typename Change>
  void change(std::size_t scenario, const Change& change);

  Settings settings_;
  std::vector<Queue> queues_;       // by scenario
  std::set<Priority> waiting_;      // scenarios with work left
  std::size_t runs_ = 0;            // of all work
  std::size_t runs_waiting_ = 0;    // not handed out
  double remaining_seconds_ = 0.0;  // of one thread, for what is not handed out
  double seconds_in_hand_ = 0.0;    // of one thread, for what is
  double seconds_done_ = 0.0;       // of one thread, measured
};

}  // namespace firesweep
