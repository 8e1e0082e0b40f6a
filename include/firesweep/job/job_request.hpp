#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firesweep/engine/kernel.hpp"
#include "firesweep/ensemble/shard.hpp"

namespace firesweep {

/// What a job shall do. All ranks of a job are given the same.
struct JobRequest {
  std::string experiment_path;
  std::optional<std::string> experiment_text =
      std::nullopt;                    ///< what the file would hold; absent: it is read
  std::vector<std::string> overrides;  ///< "key.path=value"
  std::optional<std::string> output;   ///< absent: the experiment's name with .h5
  int threads = 0;                     ///< of every rank; 0: as the environment says
  std::optional<int> collectors =
      std::nullopt;  ///< ranks between rank 0 and the others; absent: as many as help
  KernelKind kernel = KernelKind::automatic;
  std::optional<double> checkpoint;    ///< seconds between checkpoints; absent: as often as costs little
  std::optional<double> max_walltime;  ///< [s]
  Shard shard;
  bool starts_afresh = false;   ///< moves an existing output aside instead of going on with it
  bool retries_failed = false;  ///< makes failed runs of an existing output again
  double rank_timeout = 60.0;   ///< a rank not heard of for so long is lost [s]
  std::string command_line;     ///< for the provenance
};

}  // namespace firesweep
