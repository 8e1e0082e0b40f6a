#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

#include "firesweep/parallel/rank_tree.hpp"
#include "firesweep/parallel/world.hpp"

namespace firesweep {

/// Hands out tasks and takes their results back. Its calls never overlap, but for those of take_result().
class TaskPool {
 public:
  virtual ~TaskPool() = default;
  /// The next task, or nothing when there is none left.
  virtual std::optional<std::vector<std::byte>> next_task() = 0;
  /// A finished task's result, from any rank. Several threads may call it at once, and beside any other call.
  virtual void take_result(std::vector<std::byte> result) = 0;
};

/// All tasks, on rank 0.
class TaskSource : public TaskPool {
 public:
  enum class Order : std::uint8_t { go_on, halt };

  /// Called some ten times a second: progress, checkpoints, signals. Once it says halt, nothing more is
  /// handed out and every rank abandons what it does. Must return within seconds: the others take a rank 0
  /// that says nothing for Timeouts::silence for lost.
  virtual Order tick() = 0;
  /// Another rank wants the job to end.
  virtual void asked_to_halt(int rank) = 0;
};

/// The tasks of a group, on its collector, which makes many of each that rank 0 gives it, and one result of theirs.
class Collector : public TaskPool {
 public:
  /// Whether its group will soon be short of tasks.
  virtual bool wants_task() = 0;
  /// Takes a task from rank 0; further ones may be under way.
  virtual void take_task(std::vector<std::byte> task) = 0;
  /// The whole result of one of rank 0's tasks, if there is one that it has not returned yet.
  virtual std::optional<std::vector<std::byte>> next_result() = 0;
  /// Nobody is at work any more: what has come of tasks that are not done is their result.
  virtual void finish() = 0;
};

/// Does the tasks of one rank, on several threads at once. Each has a number of its own, 0 .. threads - 1.
class Worker {
 public:
  virtual ~Worker() = default;
  /// Does a task and returns its result.
  virtual std::vector<std::byte> perform(int thread, std::span<const std::byte> task) = 0;
  /// The thread has waited so long for its next task [s].
  virtual void waited(int thread, double seconds) = 0;
  /// There is no task left for the thread.
  virtual void dismissed(int thread) = 0;
  /// Has perform() return soon with what is done so far, now and from now on. Called while it is at work.
  virtual void halt() = 0;
  /// Whether this rank wants the whole job to end, say for a signal. Asked some ten times a second on every
  /// rank but 0, whose source knows itself.
  virtual bool wants_halt() = 0;
  /// What the rank has to say when all its threads have ended. Called once, on the main thread.
  virtual std::vector<std::byte> final_report() = 0;
};

/// How long ranks wait for each other. Time in which a rank itself was suspended does not count.
struct Timeouts {
  std::chrono::milliseconds heartbeat{5'000};  ///< a rank with nothing else to say says that it lives
  std::chrono::milliseconds silence{60'000};   ///< a rank not heard of for so long is lost
  std::chrono::milliseconds halt{10'000};  ///< ranks told to halt are lost once nothing has come for so long
};

/// How a farm ended, on rank 0.
struct FarmEnd {
  std::vector<std::vector<std::byte>> final_reports;  ///< of all ranks, by rank; empty for a lost one
  std::vector<int> lost;                              ///< ascending; MPI can only be aborted if there is any
};

/// Works off all tasks of `source` (given on rank 0, null elsewhere) with `threads` >= 1 threads on this
/// rank. Collective.
///
/// The threads of other ranks ask for tasks one by one, as they begin another if tasks are short. Rank 0
/// works too; its main thread serves the others and sleeps between messages, so that an idle rank costs no
/// core. Only the main thread calls MPI, and no call waits for another rank. Ranks may have different numbers
/// of threads.
///
/// A rank that falls silent (its host is cut off, say) halts the farm; it ends for the others as if the
/// source had ordered it. Throws RootLost on a rank that no longer hears of rank 0, when its threads have
/// returned; it has no limit to how long rank 0 may take to begin.
///
/// What Worker::perform throws, on any rank, or the source, halts the farm, and rank 0 throws it on (as a
/// std::runtime_error with its message if it was another rank's).
FarmEnd run_farm(World& world, TaskSource* source, Worker& worker, int threads, Timeouts timeouts = {});

/// The same with a tree of ranks that has collectors, which are given on the ranks that are one (null elsewhere).
/// Rank 0 does not work itself then: its threads take the collectors' results. With a collector its group is lost. Before
/// a farm of another tree than that of the last one, ranks have to meet.
FarmEnd run_farm(World& world, const RankTree& tree, TaskSource* source, Collector* collector, Worker& worker,
                 int threads, Timeouts timeouts = {});

}  // namespace firesweep
