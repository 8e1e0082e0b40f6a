#pragma once

#include <mpi.h>

namespace firesweep {

class World;

/// The ranks of a world, as MPI knows them; null for a world of one that MPI was not started for. What goes wrong in it
/// comes back as a code, which `expect_success` looks at.
MPI_Comm communicator_of(const World& world);

/// Throws RootLost if MPI may not be called any more.
void expect_communication(const World& world);

/// Throws std::runtime_error with MPI's words if `code`, what `call` returned, is none of success.
void expect_success(int code, const char* call);

}  // namespace firesweep
