#include "firesweep/ensemble/performance.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>

namespace firesweep {

std::string_view name(Phase phase) {
  constexpr std::array<std::string_view, all_phases.size()> names = {"compute", "wait", "merge", "statistics",
                                                                     "write"};
  return names[static_cast<std::size_t>(phase)];
}

void Timing::add(double seconds) {
  ++count;
  total += seconds;
  shortest = std::min(shortest, seconds);
  longest = std::max(longest, seconds);
}

void Timing::add(const Timing& other) {
  count += other.count;
  total += other.total;
  shortest = std::min(shortest, other.shortest);
  longest = std::max(longest, other.longest);
}

namespace {

// The number after `key` in a file of "key number" lines, or the first number for an empty key.
std::optional<std::uint64_t> number_in(const char* path, std::string_view key) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(key)) continue;
    std::uint64_t number = 0;
    if (std::istringstream(line.substr(key.size())) >> number) return number;
  }
  return std::nullopt;
}

}  // namespace

std::uint64_t peak_memory() {
  // Not getrusage(): its maximum includes what the process was before exec(), a large interpreter for
  // instance.
  return number_in("/proc/self/status", "VmHWM:").value_or(0) * 1024;  // in kibibytes
}

std::uint64_t available_memory() {
  constexpr auto unknown = std::numeric_limits<std::uint64_t>::max();
  const auto machine = number_in("/proc/meminfo", "MemAvailable:");  // in kibibytes
  std::uint64_t available = machine ? *machine * 1024 : unknown;
  const auto limit = number_in("/sys/fs/cgroup/memory.max", "");
  const auto used = number_in("/sys/fs/cgroup/memory.current", "");
  if (limit && used) available = std::min(available, *limit > *used ? *limit - *used : 0);
  return available;
}

}  // namespace firesweep
