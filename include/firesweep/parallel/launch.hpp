#pragma once

#include <string_view>

namespace firesweep {

/// As what this process was launched, by the account of the environment.
struct Launch {
  int rank = 0;
  int size = 1;               ///< processes launched together
  std::string_view variable;  ///< that says how many; empty if nobody launched this process
  std::string_view launcher;  ///< who sets that variable, for messages
};

/// The account of the innermost launcher: Open MPI's, another MPI's or Slurm's.
Launch launch_of_environment();

}  // namespace firesweep
