#include "firesweep/ensemble/performance.hpp"

#include <algorithm>

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

}  // namespace firesweep
