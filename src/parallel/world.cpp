#include "firesweep/parallel/world.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <thread>

#include <fmt/format.h>
#include <mpi.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/prctl.h>
#endif

#include "firesweep/check/contract.hpp"
#include "firesweep/check/input_error.hpp"

#include "back_off.hpp"

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

// Nobody would see what a rank computes whose launcher was killed. Open MPI ends it a second later without a
// word; the signal that launchers end their ranks with comes at once, so that rank 0 may still save what it
// has.
void end_with_launcher() {
#if defined(__linux__)
  prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
}

// Unlike MPI_Bcast, costs no core, and comes to an end when rank 0 was killed together with the launcher.
void broadcast_from_root(const World& world, void* data, int count, MPI_Datatype type) {
  constexpr std::chrono::seconds patience{10};
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Ibcast(data, count, type, 0, MPI_COMM_WORLD, &request);
  BackOff back_off;
  std::optional<std::chrono::steady_clock::time_point> orphaned;
  int is_done = 0;
  for (;;) {
    MPI_Test(&request, &is_done, MPI_STATUS_IGNORE);
    if (is_done != 0) return;
    std::this_thread::sleep_for(back_off.pause());
    if (!world.is_orphaned()) continue;
    const auto now = std::chrono::steady_clock::now();
    if (!orphaned) orphaned = now;
    if (now - *orphaned > patience) throw RootLost("the launcher is dead, and rank 0 does not answer");
  }
}

// Whether this process is the child of Open MPI's mpirun or of its daemon, which nobody else needs.
bool was_launched_by_mpirun() {
  return std::getenv("OMPI_COMM_WORLD_SIZE") != nullptr;
}

// With a host gone, mpirun waits for the daemon there until TCP gives up on it, after a quarter of an hour. A
// child outlives this process, which mpirun does end, and ends mpirun itself if it still waits.
void see_launcher_out(pid_t launcher) {
  if (fork() != 0) return;
  setsid();  // or it would be ended with this process
  constexpr int most_files = 1024;
  for (int file = 0; file < most_files; ++file) close(file);  // their readers wait for them to be closed
  constexpr int patience = 10;                                // [s]
  for (int second = 0; second < patience; ++second) {
    if (kill(launcher, 0) != 0) _exit(0);
    sleep(1);
  }
  kill(launcher, SIGKILL);
  _exit(0);
}

int message_size(std::size_t bytes) {
  expects(bytes <= static_cast<std::size_t>(std::numeric_limits<int>::max()), "a message is below 2 GiB");
  return static_cast<int>(bytes);
}

}  // namespace

World::World(int& argc, char**& argv) {
  if (was_launched()) {
    launcher_ = getppid();
    end_with_launcher();
    int provided = 0;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided);
    has_mpi_ = true;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
    if (is_orphaned()) std::raise(SIGTERM);  // it was gone before it could be watched
  }
  expect_company(size_);
}

World::~World() {
  if (has_mpi_) MPI_Finalize();
}

bool World::is_orphaned() const {
  return launcher_ != 0 && getppid() != launcher_;
}

void World::broadcast(std::vector<std::byte>& bytes) {
  if (size_ == 1) return;
  std::uint64_t size = bytes.size();
  broadcast_from_root(*this, &size, 1, MPI_UINT64_T);
  bytes.resize(size);
  broadcast_from_root(*this, bytes.data(), message_size(size), MPI_BYTE);
}

int World::share_verdict(int verdict) {
  if (size_ > 1) broadcast_from_root(*this, &verdict, 1, MPI_INT);
  return verdict;
}

void World::abort(int exit_code) {
  if (size_ > 1) {
    if (was_launched_by_mpirun()) see_launcher_out(launcher_);
    // MPI, too, may wait for what is gone.
    std::thread([exit_code] {
      std::this_thread::sleep_for(std::chrono::seconds(5));
      std::_Exit(exit_code);
    }).detach();
    MPI_Abort(MPI_COMM_WORLD, exit_code);
  }
  std::_Exit(exit_code);
}

}  // namespace firesweep
