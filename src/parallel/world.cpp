#include "firesweep/parallel/world.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include <fmt/format.h>
#include <mpi.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/check/input_error.hpp"
#include "firesweep/parallel/launch.hpp"

#include "back_off.hpp"
#include "communicator.hpp"
#include "stand_in.hpp"

namespace firesweep {

struct World::Communicator {
  MPI_Comm handle = MPI_COMM_NULL;
};

MPI_Comm communicator_of(const World& world) {
  return world.communicator() == nullptr ? MPI_COMM_NULL : world.communicator()->handle;
}

namespace {

// What the launchers of the usual MPIs and of Slurm set for every process they start. Without any of them
// there is nobody to meet, and starting MPI, which may take Open MPI a third of a second, would find a world of
// one.
bool was_launched() {
  constexpr std::array variables = {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK", "PMI_SIZE"};
  return std::any_of(variables.begin(), variables.end(),
                     [](const char* name) { return std::getenv(name) != nullptr; });
}

// The first words of the MPI's name for itself, e.g. "Open MPI v4.1.4" or "MPICH 4.0.2".
std::string library() {
  std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> text{};
  int length = 0;
  MPI_Get_library_version(text.data(), &length);
  const std::string_view name(text.data(), static_cast<std::size_t>(length));
  const std::string_view first = name.substr(0, name.find_first_of(",\n"));
  constexpr std::string_view filler = " Version:\t";
  const std::size_t at = first.find(filler);
  return at == std::string_view::npos
             ? std::string(first)
             : fmt::format("{} {}", first.substr(0, at), first.substr(at + filler.size()));
}

// Whether this MPI ends a process that has lost its launcher, whatever the process does.
bool ends_with_launcher() {
  constexpr std::string_view name = "Open MPI v";
  constexpr int first_version = 6;
  const std::string found = library();
  return found.starts_with(name) && std::atoi(found.c_str() + name.size()) >= first_version;
}

// How many processes somebody wants to work together. Slurm counts the tasks of the step that this process is
// in, if it is in one; the allocation's are of no importance then.
Launch wanted() {
  const Launch launch = launch_of_environment();
  constexpr const char* allocation = "SLURM_NTASKS";
  const char* const tasks = std::getenv(allocation);
  if (!launch.variable.empty() || tasks == nullptr) return launch;
  return {.rank = 0, .size = std::atoi(tasks), .variable = allocation, .launcher = "Slurm, for a job"};
}

// N processes that each believe to be alone would do the same work N times and fight for the output. The first says why;
// each other says that much of itself, as its environment may be all that is left of a launcher.
void expect_company(int size) {
  const Launch launch = wanted();
  if (size > 1 || launch.size <= 1) return;
  if (launch.rank > 0)
    throw InputError(fmt::format("process {} of {} ({}) is alone as well; process 0 says more", launch.rank,
                                 launch.size, launch.variable));
  throw InputError(fmt::format(
      "{} processes were asked for ({}, of {}), but this one is alone: it was built with {}, which "
      "none of them was started through; start it with that one's 'mpirun firesweep ...' or 'srun "
      "--mpi=pmix firesweep ...', or build it with the MPI of the launcher",
      launch.size, launch.variable, launch.launcher, library()));
}

// Unlike MPI_Wait, costs no core, and comes to an end when rank 0 was killed together with the launcher.
void await(const World& world, MPI_Request request) {
  constexpr std::chrono::seconds timeout{10};
  BackOff back_off;
  std::optional<std::chrono::steady_clock::time_point> orphaned;
  int is_done = 0;
  for (;;) {
    expect_communication(world);
    expect_success(MPI_Test(&request, &is_done, MPI_STATUS_IGNORE), "MPI_Test");
    if (is_done != 0) return;
    std::this_thread::sleep_for(back_off.pause());
    if (!world.is_orphaned()) continue;
    const auto now = std::chrono::steady_clock::now();
    if (!orphaned) orphaned = now;
    if (now - *orphaned > timeout) throw RootLost("the launcher is dead, and rank 0 does not answer");
  }
}

// Ranks of one host talk through its memory, which is what Open MPI's layer "ob1" is for. Looking for a network first it loads
// libraries two of which sleep for a tenth of a second each (findings/libfabric_loads_slowly.sh): two thirds of what mpirun
// takes. Whoever started this process has the last word; what a site has set for its networks is of no use on one host.
void spare_search_for_networks() {
  const char* const all = std::getenv("OMPI_COMM_WORLD_SIZE");
  const char* const here = std::getenv("OMPI_COMM_WORLD_LOCAL_SIZE");
  if (all == nullptr || here == nullptr || std::string_view(all) != here) return;
  if (std::getenv("OMPI_MCA_mtl") != nullptr) return;
  constexpr int keep_other = 0;
  setenv("OMPI_MCA_pml", "ob1", keep_other);
}

// MPI starts when all ranks are there. One whose launcher is dead would wait for ever, and mpirun for it; nothing is lost
// with it.
void start_mpi(const World& world, int& argc, char**& argv) {
  const std::jthread watch([&world](const std::stop_token& started) {
    constexpr std::chrono::milliseconds interval{100};
    constexpr int most_orphaned = 20;
    std::mutex mutex;
    std::condition_variable_any sleep;
    std::unique_lock lock(mutex);
    for (int orphaned = 0; orphaned < most_orphaned; orphaned += world.is_orphaned() ? 1 : 0) {
      sleep.wait_for(lock, started, interval, [] { return false; });
      if (started.stop_requested()) return;
    }
    std::_Exit(EXIT_FAILURE);
  });
  int provided = 0;
  expect_success(MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided), "MPI_Init_thread");
}

// Ranks tell PMIx, over TCP also on one host, several short things in a row as they end. The second of them would wait for
// the first to be acknowledged, for 40 ms (findings/pmix_waits_for_acknowledgement.sh).
void send_short_messages_at_once() {
  constexpr int most_files = 256;
  constexpr int on = 1;
  for (int file = STDERR_FILENO + 1; file < most_files; ++file)  // what is no such socket refuses
    setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void broadcast_from_root(const World& world, void* data, int count, MPI_Datatype type) {
  expect_communication(world);
  MPI_Request request = MPI_REQUEST_NULL;
  expect_success(MPI_Ibcast(data, count, type, 0, communicator_of(world), &request), "MPI_Ibcast");
  await(world, request);
}

// Whether this process was launched by Open MPI's mpirun or its daemon, which nobody else needs. Told to end,
// mpirun kills its ranks: version 4 a second later, 5 a quarter of a second, 6 at once.
bool was_launched_by_mpirun() {
  return std::getenv("OMPI_COMM_WORLD_SIZE") != nullptr;
}

// With a host gone, mpirun waits for the daemon there until TCP gives up on it, after a quarter of an hour. A
// child outlives this process, which mpirun does end, and ends mpirun itself if it still waits.
void end_launcher_later(pid_t launcher) {
  if (fork() != 0) return;
  setsid();  // or it would be ended with this process
  constexpr int most_files = 1024;
  for (int file = 0; file < most_files; ++file) close(file);  // their readers wait for them to be closed
  constexpr int timeout = 10;                                 // [s]
  for (int second = 0; second < timeout; ++second) {
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

World::World() = default;

World::World(int& argc, char**& argv) {
  if (was_launched()) {
    launcher_ = getppid();
    parent_ = was_launched_by_mpirun() ? work_behind_stand_in(launcher_) : launcher_;
    end_with_parent();
    spare_search_for_networks();
    start_mpi(*this, argc, argv);
    send_short_messages_at_once();
    has_begun_mpi_ = true;
    MPI_Comm all = MPI_COMM_WORLD;
    join(&all);
    if (is_orphaned()) std::raise(SIGUSR1);  // it was gone before it could be watched
  }
  expect_company(size_);
}

World::World(const void* communicator) {
  int is_running = 0;
  MPI_Initialized(&is_running);
  if (is_running == 0)
    throw InputError(fmt::format(
        "the communicator is of an MPI that does not run here: firesweep was built with {}", library()));
  launcher_ = parent_ = getppid();
  join(communicator);
}

void World::join(const void* communicator) {
  communicator_ = std::make_unique<Communicator>();
  MPI_Comm& own = communicator_->handle;
  expect_success(MPI_Comm_dup(*static_cast<const MPI_Comm*>(communicator), &own), "MPI_Comm_dup");
  expect_success(MPI_Comm_set_errhandler(own, MPI_ERRORS_RETURN), "MPI_Comm_set_errhandler");
  expect_success(MPI_Comm_rank(own, &rank_), "MPI_Comm_rank");
  expect_success(MPI_Comm_size(own, &size_), "MPI_Comm_size");
  mpi_ends_with_launcher_ = ends_with_launcher();
}

World::~World() {
  if (communicator_ == nullptr || !can_communicate()) return;
  MPI_Comm_free(&communicator_->handle);
  if (has_begun_mpi_) MPI_Finalize();
}

bool World::is_orphaned() const {
  return parent_ != 0 && getppid() != parent_;
}

bool World::can_communicate() const {
  return !(mpi_ends_with_launcher_ && is_orphaned());
}

bool World::may_be_killed() const {
  return was_launched_by_mpirun();
}

void World::broadcast(std::string& text) {
  if (size_ == 1) return;
  std::uint64_t size = text.size();
  broadcast_from_root(*this, &size, 1, MPI_UINT64_T);
  text.resize(size);
  broadcast_from_root(*this, text.data(), message_size(size), MPI_CHAR);
}

std::optional<int> World::first_to_differ(bool differs) {
  int first = differs ? rank_ : size_;
  if (size_ > 1) {
    expect_communication(*this);
    const int own = first;
    MPI_Request request = MPI_REQUEST_NULL;
    expect_success(MPI_Iallreduce(&own, &first, 1, MPI_INT, MPI_MIN, communicator_of(*this), &request),
                   "MPI_Iallreduce");
    await(*this, request);
  }
  return first < size_ ? std::optional(first) : std::nullopt;
}

int World::share_verdict(int verdict) {
  if (size_ > 1) broadcast_from_root(*this, &verdict, 1, MPI_INT);
  return verdict;
}

void World::abort(int exit_code) {
  if (size_ > 1) {
    if (was_launched_by_mpirun()) end_launcher_later(launcher_);
    // MPI, too, may wait for what is gone.
    std::thread([exit_code] {
      std::this_thread::sleep_for(std::chrono::seconds(5));
      std::_Exit(exit_code);
    }).detach();
    // Of another communicator than this MPICH 4.0 ends but the caller.
    if (can_communicate()) MPI_Abort(MPI_COMM_WORLD, exit_code);
  }
  std::_Exit(exit_code);
}

}  // namespace firesweep
