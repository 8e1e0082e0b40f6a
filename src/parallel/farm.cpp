#include "firesweep/parallel/farm.hpp"

#include "firesweep/check/contract.hpp"

#include "root_loop.hpp"
#include "worker_loop.hpp"

namespace firesweep {

FarmEnd run_farm(World& world, TaskSource* source, Worker& worker, int threads, Timeouts timeouts) {
  expects(world.is_root() == (source != nullptr), "rank 0, and no other, has a task source");
  expects(threads >= 1, "a rank has a thread");
  if (source != nullptr) return RootLoop(world, *source, worker, timeouts).work(threads);
  WorkerLoop(world, threads, worker, timeouts).work();
  return {};
}

}  // namespace firesweep
