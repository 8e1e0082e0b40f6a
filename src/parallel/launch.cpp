#include "firesweep/parallel/launch.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace firesweep {
namespace {

struct Launcher {
  const char* rank;
  const char* size;
};

// Of the innermost first: mpirun is started by Slurm, not the other way round.
constexpr std::array<Launcher, 3> launchers = {{{"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"},
                                                {"PMI_RANK", "PMI_SIZE"},
                                                {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS"}}};

int number_in_environment(const char* name) {
  const char* const text = std::getenv(name);
  return text == nullptr ? 0 : std::atoi(text);
}

}  // namespace

Launch launch_of_environment() {
  for (const auto& [rank, size] : launchers) {
    if (std::getenv(size) != nullptr)
      return {number_in_environment(rank), std::max(1, number_in_environment(size)), size};
  }
  return {};
}

}  // namespace firesweep
