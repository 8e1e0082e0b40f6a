#pragma once

#include <cstddef>
#include <functional>
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

/// Does a task; called on every rank by `threads` threads at once, each with its own number 0 .. threads - 1.
using PerformTask = std::function<std::vector<std::byte>(int thread, std::span<const std::byte> task)>;

/// Called with the seconds that a thread waited for its next task.
using OnWait = std::function<void(int thread, double seconds)>;

/// What a rank has to say when its work is done.
using Farewell = std::function<std::vector<std::byte>()>;

/// Works off all tasks of `foreman` (given on rank 0, null elsewhere) with `threads` >= 1 threads on this
/// rank. Collective.
///
/// A worker's answer to a task carries its result and is its request for the next one. Rank 0 works too; its
/// main thread serves the others and sleeps between messages, so that an idle rank costs no core. Only the
/// main thread calls MPI. Ranks may have different numbers of threads.
///
/// Returns, on rank 0, what `farewell` gave on every rank, by rank, once its threads had ended; nothing
/// elsewhere.
///
/// What `perform` throws, on any rank, ends the farm: nothing more is handed out, and rank 0 throws it on (as
/// a std::runtime_error with its message if it was another rank's).
std::vector<std::vector<std::byte>> run_farm(World& world, Foreman* foreman, int threads,
                                             const PerformTask& perform, const OnWait& on_wait,
                                             const Farewell& farewell);

}  // namespace firesweep
