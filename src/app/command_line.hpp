#pragma once

#include <CLI/CLI.hpp>

#include "commands/commands.hpp"
#include "commands/file_commands.hpp"

namespace firesweep {

/// What the command line asks for; the options of the subcommand that was given are filled in.
struct Request {
  RunOptions run;
  ExperimentOptions experiment;
  int threads = 0;
  LevelsOptions levels;
  ShowOptions show;
  ExportOptions exporting;
  StatusOptions status;
  VerifyOptions verify;
  MergeOptions merge;
  DiffOptions diff;
  ReplayOptions replay;
  ReportOptions report;
  bool schema_as_table = false;
};

/// Adds all commands with their options and help to `app`, which fills `request` when it parses.
void add_commands(CLI::App& app, Request& request);

}  // namespace firesweep
