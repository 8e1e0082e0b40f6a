#pragma once

#include <cstdint>

#include "firesweep/check/process_memory.hpp"
#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// What an experiment takes [bytes], estimated from above.
struct Footprint {
  std::uint64_t program_memory = 0;  ///< on every rank: the program, its libraries, and the landscapes
  std::uint64_t results_memory = 0;  ///< on rank 0 besides: records, maps, curves, estimates, and what
                                     ///< writing them takes
  std::uint64_t worker_memory = 0;   ///< per thread, if a fire reaches the whole landscape
  std::uint64_t collector_memory =
      0;                   ///< on every rank that collects for others besides, under the same condition
  std::uint64_t file = 0;  ///< results file before compression
};

Footprint footprint(const Plan& plan);

/// Throws InputError if the results do not fit into the memory that is available: how much they need, what
/// limits it, what takes most of it and what to change. Nothing is allocated. What workers need is left out, as it grows only
/// with the fires.
void check_memory(const Plan& plan, const AvailableMemory& available);

}  // namespace firesweep
