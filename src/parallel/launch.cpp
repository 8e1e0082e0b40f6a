#include "firesweep/parallel/launch.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace firesweep {
namespace {

struct Launcher {
  const char* rank;
  const char* size;
  const char* mark;  // set by this one only, of those that share the variables; or the size
  std::string_view name;
};

// Of the innermost first: mpirun is started by Slurm, not the other way round.
constexpr std::array<Launcher, 4> launchers = {{
    {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_SIZE", "Open MPI's mpirun"},
    {"PMI_RANK", "PMI_SIZE", "HYDI_CONTROL_FD", "the mpirun of MPICH, Intel MPI or MVAPICH"},
    {"PMI_RANK", "PMI_SIZE", "PMI_SIZE", "a launcher for MPICH and its like, e.g. srun --mpi=pmi2"},
    {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_STEP_NUM_TASKS", "Slurm's srun"},
}};

int number_in_environment(const char* name) {
  const char* const text = std::getenv(name);
  return text == nullptr ? 0 : std::atoi(text);
}

}  // namespace

Launch launch_of_environment() {
  for (const auto& [rank, size, mark, name] : launchers) {
    if (std::getenv(size) != nullptr && std::getenv(mark) != nullptr)
      return {number_in_environment(rank), std::max(1, number_in_environment(size)), size, name};
  }
  return {};
}

}  // namespace firesweep
