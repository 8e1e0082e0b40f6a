#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "firesweep/parallel/world.hpp"

namespace firesweep {

/// Hands out tasks on rank 0 and takes their results back. Its calls never overlap.
class Foreman {
 public:
  virtual ~Foreman() = default;
  /// The next task, or nothing when there is none left.
  virtual std::optional<std::vector<std::byte>> next_task() = 0;
  /// A finished task's result, from any rank.
  virtual void take_result(std::vector<std::byte> result) = 0;
  /// Called some ten times a second: progress, signals.
  virtual void tick() = 0;
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
  /// What the rank has to say when all its threads have ended. Called once, on the main thread.
  virtual std::vector<std::byte> farewell() = 0;
};

/// Works off all tasks of `foreman` (given on rank 0, null elsewhere) with `threads` >= 1 threads on this
/// rank. Collective.
///
/// A worker's answer to a task carries its result and is its request for the next one. Rank 0 works too; its
/// main thread serves the others and sleeps between messages, so that an idle rank costs no core. Only the
/// main thread calls MPI. Ranks may have different numbers of threads.
///
/// Returns, on rank 0, the farewells of all ranks, by rank; nothing elsewhere.
///
/// What Worker::perform throws, on any rank, ends the farm: nothing more is handed out, and rank 0 throws it
/// on (as a std::runtime_error with its message if it was another rank's).
std::vector<std::vector<std::byte>> run_farm(World& world, Foreman* foreman, Worker& worker, int threads);

}  // namespace firesweep
