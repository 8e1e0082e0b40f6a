#include "firesweep/parallel/farm.hpp"

#include "firesweep/check/contract.hpp"

#include "headquarters.hpp"
#include "outpost.hpp"

namespace firesweep {

FarmEnd run_farm(World& world, Foreman* foreman, Worker& worker, int threads, Patience patience) {
  expects(world.is_root() == (foreman != nullptr), "rank 0, and no other, has a foreman");
  expects(threads >= 1, "a rank has a thread");
  if (foreman != nullptr) return Headquarters(world.size(), *foreman, worker, patience).work(threads);
  Outpost(world, threads, worker, patience).work();
  return {};
}

}  // namespace firesweep
