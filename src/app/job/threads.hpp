#pragma once

#include <string>

namespace firesweep {

/// How many threads a rank shall use, and whether that is wise.
struct ThreadChoice {
  int threads = 1;
  std::string warning;  ///< empty, or what is wrong and which option of mpirun or srun mends it
};

/// `requested` if positive, else OMP_NUM_THREADS, else SLURM_CPUS_PER_TASK, else the cores this process may
/// use. Throws InputError if one of the variables is not a positive number.
ThreadChoice choose_threads(int requested);

}  // namespace firesweep
