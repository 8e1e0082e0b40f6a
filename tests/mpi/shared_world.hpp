#pragma once

#include "firesweep/parallel/world.hpp"

/// The world that main() made: MPI starts once in a process.
firesweep::World& shared_world();
