#pragma once

#include <cstdint>
#include <string>

namespace firesweep {

/// How many threads a rank shall use, and whether that is wise.
struct ThreadChoice {
  int threads = 1;
  std::string warning;  ///< empty, or what is wrong and which option of mpirun or srun mends it
  unsigned when_writing =
      1;  ///< after the last fire: as many as there are cores for, and two where there are two
};

/// `requested` if positive, else OMP_NUM_THREADS, else SLURM_CPUS_PER_TASK, else the cores this process may
/// use. Throws InputError if one of the variables is not a positive number.
ThreadChoice choose_threads(int requested);

/// How a rank spreads its threads: over runs, or, when runs are fewer than threads, over each run.
struct ThreadLayout {
  int threads = 1;  ///< that take blocks
  int threads_per_run = 1;
};

/// The layout for a rank with `threads` threads, one of `ranks`, in an ensemble of `runs`.
ThreadLayout choose_thread_layout(int threads, int ranks, std::uint64_t runs);

}  // namespace firesweep
