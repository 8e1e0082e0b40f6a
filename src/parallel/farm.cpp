#include "firesweep/parallel/farm.hpp"

#include "firesweep/check/contract.hpp"

#include "collector_loop.hpp"
#include "root_loop.hpp"
#include "worker_loop.hpp"

namespace firesweep {

FarmEnd run_farm(World& world, TaskSource* source, Worker& worker, int threads, Timeouts timeouts) {
  return run_farm(world, RankTree(world.size()), source, nullptr, worker, threads, timeouts);
}

FarmEnd run_farm(World& world, const RankTree& tree, TaskSource* source, Collector* collector, Worker& worker,
                 int threads, Timeouts timeouts) {
  expects(tree.ranks() == world.size(), "the tree is of these ranks");
  expects(world.is_root() == (source != nullptr), "rank 0, and no other, has a task source");
  expects(tree.is_collector(world.rank()) == (collector != nullptr),
          "a collector is given where there is one");
  expects(threads >= 1, "a rank has a thread");
  if (source != nullptr) return RootLoop(world, tree, *source, worker, timeouts).work(threads);
  if (collector != nullptr)
    CollectorLoop(world, *collector, tree, worker, timeouts).work(threads);
  else
    WorkerLoop(world, tree, threads, worker, timeouts).work();
  return {};
}

}  // namespace firesweep
