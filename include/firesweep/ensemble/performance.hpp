#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace firesweep {

/// What a rank spends its time on.
enum class Phase : std::uint8_t {
  compute,     ///< burning a block, per thread
  wait,        ///< asking for a block and waiting for it, per thread
  merge,       ///< adding a block to the results (rank 0) or to that of a group (collectors)
  statistics,  ///< estimating (rank 0)
  write,       ///< writing and publishing the results file (rank 0)
};

inline constexpr std::array<Phase, 5> all_phases = {Phase::compute, Phase::wait, Phase::merge,
                                                    Phase::statistics, Phase::write};

std::string_view name(Phase phase);

/// How often something was done and how long it took [s].
struct Timing {
  std::uint64_t count = 0;
  double total = 0.0;
  double shortest = std::numeric_limits<double>::infinity();
  double longest = 0.0;

  void add(double seconds);
  void add(const Timing& other);
  double mean() const { return count == 0 ? 0.0 : total / static_cast<double>(count); }
};

/// What one rank did.
struct RankPerformance {
  std::string host;
  std::uint32_t threads = 0;
  std::uint64_t peak_memory = 0;  ///< largest resident set [bytes]
  std::array<Timing, all_phases.size()> phases;
  std::uint64_t runs = 0;
  std::uint64_t steps = 0;
  std::uint64_t burnt_cells = 0;
  std::uint64_t ignitions = 0;
  std::uint64_t ignitions_failed = 0;

  Timing& operator[](Phase phase) { return phases[static_cast<std::size_t>(phase)]; }
  const Timing& operator[](Phase phase) const { return phases[static_cast<std::size_t>(phase)]; }
};

/// Seconds since it was made.
class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

}  // namespace firesweep
