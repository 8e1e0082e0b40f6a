#include "firesweep/check/process_memory.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/parse_number.hpp"

namespace firesweep {
namespace {

constexpr std::uint64_t kibibyte = 1 << 10;
constexpr std::uint64_t mebibyte = 1 << 20;

using Bytes = std::optional<std::uint64_t>;

// The number after `key` in a file of "key number" lines, or the first number for an empty key.
Bytes number_in(const std::string& path, std::string_view key) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(key)) continue;
    std::uint64_t number = 0;
    if (std::istringstream(line.substr(key.size())) >> number) return number;
  }
  return std::nullopt;
}

// What a version of control groups calls its files.
struct GroupFiles {
  const char* hierarchy;  // where it is mounted
  const char* limit;
  const char* used;
  const char*
      reclaimable;  // of memory.stat: pages of files that count as used, and are given up when asked for
};

constexpr GroupFiles version_1 = {"/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes",
                                  "total_inactive_file "};
constexpr GroupFiles version_2 = {"/sys/fs/cgroup", "memory.max", "memory.current", "inactive_file "};

/// The least of what it is told.
class Least {
 public:
  explicit Least(const std::string& root) : root_(root) {}

  void machine() {
    if (const Bytes free = number_in(root_ + "/proc/meminfo", "MemAvailable:"))
      take(*free * kibibyte, "what is free on this machine");
  }

  // The group of the process may have no limit where one that it lies in has; and where a container shows its own group
  // as the uppermost, the path of the process's is none of what is mounted.
  void control_groups() {
    std::ifstream groups(root_ + "/proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {  // "4:memory:/a/b", and "0::/a/b" of version 2
      const std::size_t first = line.find(':');
      const std::size_t second = line.find(':', first + 1);
      if (second == std::string::npos) continue;
      const std::string controllers = fmt::format(",{},", line.substr(first + 1, second - first - 1));
      if (controllers == ",,")
        control_group(version_2, line.substr(second + 1));
      else if (controllers.find(",memory,") != std::string::npos)
        control_group(version_1, line.substr(second + 1));
    }
  }

  // Slurm says what the job may have of a node; what others of the job have of it is not known here.
  void slurm() {
    const Bytes own = number_in(root_ + "/proc/self/status", "VmRSS:");
    const Bytes per_node = from_environment("SLURM_MEM_PER_NODE");
    const Bytes per_core = from_environment("SLURM_MEM_PER_CPU");
    const Bytes cores = from_environment("SLURM_CPUS_ON_NODE");
    if (per_node && *per_node > 0)  // 0: all that the node has
      remainder(*per_node * mebibyte, own.value_or(0) * kibibyte, "SLURM_MEM_PER_NODE (sbatch --mem)");
    if (per_core && *per_core > 0 && cores)
      remainder(*per_core * *cores * mebibyte, own.value_or(0) * kibibyte,
                "SLURM_MEM_PER_CPU (sbatch --mem-per-cpu)");
  }

  void address_space() {
    const Bytes limit = number_in(root_ + "/proc/self/limits", "Max address space");
    const Bytes own = number_in(root_ + "/proc/self/status", "VmSize:");
    if (limit && own) remainder(*limit, *own * kibibyte, "the limit of the address space (ulimit -v)");
  }

  AvailableMemory result() { return std::move(least_); }

 private:
  static Bytes from_environment(const char* name) {
    const char* const text = std::getenv(name);
    return text == nullptr ? std::nullopt : parse_number<std::uint64_t>(text);
  }

  void control_group(const GroupFiles& files, const std::string& path) {
    for (std::filesystem::path group = path;; group = group.parent_path()) {
      const std::string shown = std::string(files.hierarchy) + (group == "/" ? "" : group.string());
      const std::string folder = root_ + shown + "/";
      const Bytes limit = number_in(folder + files.limit, "");
      const Bytes used = number_in(folder + files.used, "");
      const std::uint64_t reclaimable = number_in(folder + "memory.stat", files.reclaimable).value_or(0);
      if (limit && used)
        remainder(*limit, *used - std::min(*used, reclaimable),
                  fmt::format("the control group's {}/{}", shown, files.limit));
      if (!group.has_relative_path()) return;
    }
  }

  void remainder(std::uint64_t limit, std::uint64_t used, std::string_view name) {
    take(limit > used ? limit - used : 0, name);
  }

  void take(std::uint64_t bytes, std::string_view name) {
    if (bytes < least_.bytes) least_ = {.bytes = bytes, .limit = std::string(name)};
  }

  std::string root_;
  AvailableMemory least_;
};

}  // namespace

AvailableMemory available_memory(const std::string& root) {
  Least least(root);
  least.machine();
  least.control_groups();
  least.slurm();
  least.address_space();
  return least.result();
}

std::uint64_t peak_memory() {
  // Not getrusage(): its maximum includes what the process was before exec(), a large interpreter for instance.
  return number_in("/proc/self/status", "VmHWM:").value_or(0) * kibibyte;
}

}  // namespace firesweep
