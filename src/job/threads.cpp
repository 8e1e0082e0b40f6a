#include "firesweep/job/threads.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <thread>

#include <fmt/format.h>
#include <sched.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/wording.hpp"

namespace firesweep {
namespace {

constexpr int most_threads = 4096;

// Cores in this process's affinity mask; launchers narrow it to bind ranks.
int usable_cores() {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) != 0)
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  return std::max(1, CPU_COUNT(&cores));
}

std::optional<int> from_environment(const char* name) {
  const char* const text = std::getenv(name);
  if (text == nullptr || *text == '\0') return std::nullopt;
  int threads = 0;
  const char* const end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, threads);
  // OMP_NUM_THREADS may be a list, one number per level of nesting; the first is ours.
  if (error != std::errc() || (stop != end && *stop != ',') || threads < 1 || threads > most_threads)
    throw InputError(fmt::format("{}={} is not a number of threads (1..{})", name, text, most_threads));
  return threads;
}

}  // namespace

ThreadChoice choose_threads(int requested) {
  const int cores = usable_cores();
  std::optional<int> wanted = requested > 0 ? std::optional(requested) : std::nullopt;
  if (!wanted) wanted = from_environment("OMP_NUM_THREADS");
  if (!wanted) wanted = from_environment("SLURM_CPUS_PER_TASK");
  ThreadChoice choice{.threads = wanted.value_or(cores), .warning = {}, .when_writing = 1};
  choice.when_writing = static_cast<unsigned>(std::min(std::max(choice.threads, 2), cores));
  if (choice.threads > cores) {
    choice.warning = fmt::format(
        "{0} threads per rank share {1} (this process may use no more); bind less tightly with 'mpirun "
        "--map-by slot:PE={0} --bind-to core' or 'srun --cpus-per-task={0}', or use fewer --threads",
        choice.threads, counted(static_cast<unsigned>(cores), "core"));
  }
  return choice;
}

ThreadLayout choose_thread_layout(int threads, int ranks, std::uint64_t runs) {
  const std::uint64_t workers = static_cast<std::uint64_t>(threads) * static_cast<std::uint64_t>(ranks);
  return runs >= workers ? ThreadLayout{threads, 1} : ThreadLayout{1, threads};
}

}  // namespace firesweep
