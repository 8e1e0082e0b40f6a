#pragma once

#include "firesweep/parallel/world.hpp"

/// The world that main() made: MPI starts once in a process.
firesweep::World& shared_world();

inline bool is_last() {
  return shared_world().rank() == shared_world().size() - 1;
}
