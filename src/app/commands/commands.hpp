#pragma once

#include <optional>
#include <string>
#include <vector>

#include "firesweep/job/job_request.hpp"

#include "terminal/exit_code.hpp"
#include "view/progress.hpp"

namespace firesweep {

struct ExperimentOptions {
  std::string path;
  std::vector<std::string> overrides;  ///< "key.path=value", from --set
};

struct RunOptions {
  JobRequest job;
  bool is_quiet = false;                    ///< no progress and no table
  std::optional<Progress::Style> progress;  ///< absent: what suits standard error
};

struct LevelsOptions {
  std::optional<double> wind_speed;   ///< [km h-1]
  std::optional<double> humidity;     ///< [percent]
  std::optional<double> temperature;  ///< [degC]
};

/// Each does one command and returns what to tell the caller. They print results on standard output,
/// everything else on standard error, and throw what goes wrong.
ExitCode run_command(const RunOptions& options, int& argc, char**& argv);
ExitCode plan_command(const ExperimentOptions& options, int threads);
ExitCode validate_command(const ExperimentOptions& options);
ExitCode levels_command(const LevelsOptions& options);
ExitCode schema_command(bool as_table);

/// Prints the table of scenarios that `show` prints.
void print_results(const std::string& path);

}  // namespace firesweep
