#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "commands/file_commands.hpp"

namespace firesweep {

/// Adds `export` to the program's commands.
void add_export(CLI::App& app, ExportOptions& options);

/// Adds --scenario, which takes what chosen_scenarios() understands.
void add_scenarios(CLI::App& command, std::vector<std::string>& scenarios);

}  // namespace firesweep
