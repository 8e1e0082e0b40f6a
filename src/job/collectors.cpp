#include "firesweep/job/collectors.hpp"

#include <algorithm>
#include <cmath>

namespace firesweep {

int choose_collectors(std::optional<int> asked, int ranks, int threads) {
  // With fewer, what rank 0 could compute itself is more than what collectors spare it: see analysis/scheduler.md.
  constexpr int worth_collectors = 256;
  const int others = ranks - 1;
  if (asked) return std::min(*asked, others);
  if (ranks < worth_collectors) return 0;
  const double workers = static_cast<double>(others) * threads;
  return std::min(static_cast<int>(std::lround(std::sqrt(workers))), others / 2);
}

}  // namespace firesweep
