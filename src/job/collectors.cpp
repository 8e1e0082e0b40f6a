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

bool should_deflate(double records_per_second, int collectors, int threads) {
  // Measured, and assumed of networks, in analysis/scheduler.md. Of 10 GB/s others are of maps, and messages take time, too.
  constexpr double most_bytes_per_second = 3e9;
  constexpr double bytes_per_record = 7.6;
  constexpr double inflating_and_merging = 13.5e-9;  // [s] a record
  constexpr double deflating = 40e-9;
  constexpr double most_of_collector = 0.25;  // of its main thread, which serves a group
  return records_per_second * bytes_per_record > most_bytes_per_second &&
         records_per_second * inflating_and_merging < threads &&
         records_per_second * deflating < most_of_collector * collectors;
}

}  // namespace firesweep
