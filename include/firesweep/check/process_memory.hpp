#pragma once

#include <cstdint>
#include <limits>
#include <string>

namespace firesweep {

/// Memory that could be had now, and what leaves no more.
struct AvailableMemory {
  std::uint64_t bytes = std::numeric_limits<std::uint64_t>::max();
  std::string limit{};  ///< e.g. "ulimit -v" or "what is free on this machine"; empty if nothing is known
};

/// The least of what this machine has free without swapping and what the limits of the process leave: of its control
/// groups and all those they lie in (versions 1 and 2), of Slurm (SLURM_MEM_PER_NODE, SLURM_MEM_PER_CPU) and of its
/// address space (ulimit -v). `root` is the folder that holds /proc and /sys.
AvailableMemory available_memory(const std::string& root = "");

/// Largest resident set of this process so far [bytes]; 0 if that is not known.
std::uint64_t peak_memory();

}  // namespace firesweep
