#include "firesweep/parallel/world.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <limits>

#include <fmt/format.h>
#include <mpi.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/check/input_error.hpp"

namespace firesweep {
namespace {

// What the launchers of the usual MPIs and of Slurm set for every process they start. Without any of them
// there is nobody to meet, and starting MPI, which takes Open MPI a third of a second, would find a world of
// one.
bool was_launched() {
  constexpr std::array variables = {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK", "PMI_SIZE"};
  return std::any_of(variables.begin(), variables.end(),
                     [](const char* name) { return std::getenv(name) != nullptr; });
}

int number_in_environment(const char* name) {
  const char* const text = std::getenv(name);
  return text == nullptr ? 0 : std::atoi(text);
}

// N processes that each believe to be alone would do the same work N times and fight for the output.
void expect_company(int size) {
  for (const char* const variable : {"SLURM_NTASKS", "OMPI_COMM_WORLD_SIZE"}) {
    const int launched = number_in_environment(variable);
    if (size == 1 && launched > 1) {
      throw InputError(fmt::format(
          "{} processes were asked for ({}), but this one is alone (it was not started through MPI, or "
          "through "
          "another MPI than it was built with); start it with 'mpirun firesweep ...' or 'srun --mpi=pmix "
          "firesweep ...'",
          launched, variable));
    }
  }
}

int message_size(std::size_t bytes) {
  expects(bytes <= static_cast<std::size_t>(std::numeric_limits<int>::max()), "a message is below 2 GiB");
  return static_cast<int>(bytes);
}

}  // namespace

World::World(int& argc, char**& argv) {
  if (was_launched()) {
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    has_mpi_ = true;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
  }
  expect_company(size_);
}

World::~World() {
  if (has_mpi_) MPI_Finalize();
}

void World::broadcast(std::vector<std::byte>& bytes) {
  if (size_ == 1) return;
  std::uint64_t size = bytes.size();
  MPI_Bcast(&size, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
  bytes.resize(size);
  MPI_Bcast(bytes.data(), message_size(size), MPI_BYTE, 0, MPI_COMM_WORLD);
}

void World::abort(int exit_code) {
  if (size_ > 1) MPI_Abort(MPI_COMM_WORLD, exit_code);
  std::_Exit(exit_code);
}

}  // namespace firesweep
