#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firesweep/engine/kernel.hpp"
#include "firesweep/ensemble/shard.hpp"

#include "exit_code.hpp"
#include "job/progress.hpp"

namespace firesweep {

struct ExperimentOptions {
  std::string path;
  std::vector<std::string> overrides;  ///< "key.path=value", from --set
};

struct RunOptions {
  ExperimentOptions experiment;
  std::optional<std::string> output;  ///< absent: the experiment's name with .h5
  int threads = 0;                    ///< 0: as the environment says
  KernelKind kernel = KernelKind::automatic;
  std::optional<double> checkpoint;    ///< seconds between checkpoints; absent: as often as costs little
  std::optional<double> max_walltime;  ///< [s]
  Shard shard;
  bool starts_afresh = false;               ///< moves an existing output aside instead of going on with it
  bool retries_failed = false;              ///< makes failed runs of an existing output again
  double rank_timeout = 60.0;               ///< a rank not heard of for so long is lost [s]
  bool is_quiet = false;                    ///< no progress and no table
  std::optional<Progress::Style> progress;  ///< absent: what suits standard error
  std::string command_line;                 ///< for the provenance
};

struct LevelsOptions {
  std::optional<double> wind_speed;   ///< [km h-1]
  std::optional<double> humidity;     ///< [percent]
  std::optional<double> temperature;  ///< [degC]
};

/// Burn fraction from which a fire counts as large unless the user says otherwise.
inline constexpr double default_large_fire = 0.1;

/// Each does one command and returns what to tell the caller. They print results on standard output,
/// everything else on standard error, and throw what goes wrong.
ExitCode run_command(const RunOptions& options, int& argc, char**& argv);
ExitCode plan_command(const ExperimentOptions& options, int threads);
ExitCode validate_command(const ExperimentOptions& options);
ExitCode levels_command(const LevelsOptions& options);
ExitCode schema_command();

/// Prints the table of scenarios that `show` prints.
void print_results(const std::string& path);

}  // namespace firesweep
