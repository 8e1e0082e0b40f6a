#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firesweep/engine/kernel.hpp"

#include "terminal/exit_code.hpp"
#include "view/results_view.hpp"
#include "view/run_choice.hpp"
#include "view/text_format.hpp"

namespace firesweep {

struct ShowOptions {
  std::string path;
  ViewChoices view;
  bool lists_differences = false;
  bool is_json = false;
  bool is_csv = false;
  Colouring colouring = Colouring::automatic;
};

/// Of a grid, the lower left one.
struct Corner {
  double east = 0.0;   ///< [m]
  double north = 0.0;  ///< [m]
};

struct ExportOptions {
  std::string path;
  std::string folder;  ///< empty: the file's name with "-export", in the current folder
  bool has_runs = false;
  bool has_summaries = false;
  bool has_maps = false;
  bool has_grids = false;
  std::string netcdf;               ///< the file to write to; empty: none. None of the five: the other four
  std::optional<double> cell_size;  ///< [m]
  std::optional<Corner> corner;     ///< only with cell_size
  std::vector<std::string> scenarios;
};

struct StatusOptions {
  std::string path;
  bool is_json = false;
  bool lists_scenarios = false;
};

struct VerifyOptions {
  std::string path;
  std::optional<std::uint64_t> sample = 100;  ///< runs to make again; absent: all
  std::optional<std::uint64_t> pick;          ///< seed of the sample; absent: another one every time
  KernelKind kernel = KernelKind::automatic;
  int threads = 0;  ///< 0: as the environment says
};

struct MergeOptions {
  std::string output;
  std::vector<std::string> parts;
  bool starts_afresh = false;  ///< moves an existing output aside
  std::string command_line;    ///< for the provenance
};

struct DiffOptions {
  std::string one;
  std::string other;
  double large_fire = default_large_fire;  ///< burn fraction above which a fire is large
};

struct ReplayOptions {
  std::string path;
  std::vector<GivenCoordinate> coordinates;  ///< of the run
  std::optional<std::string> output;         ///< of the states; absent: named after the run
  std::optional<std::string> animation;      ///< absent: named after the run
  bool keeps_states = true;
  bool is_animated = true;
  std::uint32_t every = 1;  ///< steps between the states that are kept
  KernelKind kernel = KernelKind::automatic;
  int threads = 0;           ///< 0: as the environment says
  std::string command_line;  ///< for the provenance
};

struct ReportOptions {
  std::string path;
  std::optional<std::string> output;  ///< absent: the file's name with .html, in the current folder
  std::vector<std::string> choices;   ///< "AXIS=VALUE": what pictures show
};

/// Commands on results files. Like all commands they return what to tell the caller, and throw what goes
/// wrong.
ExitCode show_command(const ShowOptions& options);
ExitCode export_command(const ExportOptions& options);
ExitCode status_command(const StatusOptions& options);
ExitCode verify_command(const VerifyOptions& options);
ExitCode merge_command(const MergeOptions& options);
ExitCode diff_command(const DiffOptions& options);
ExitCode replay_command(const ReplayOptions& options);
ExitCode report_command(const ReportOptions& options);

}  // namespace firesweep
