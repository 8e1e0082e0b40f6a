#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "firesweep/engine/kernel.hpp"

namespace firesweep {

/// Accepts seconds from `least` on; unlike CLI::Range not NaN.
CLI::Validator seconds_from(double least);

/// Accepts numbers, and of a percentage says which share it probably means.
CLI::Validator number_or_share();

/// Refuses what CLI11 makes of -o=FILE, which is a file named "=FILE".
CLI::Validator output_name();

/// Adds the experiment's file and --set, which fills `overrides` with "key.path=value".
void add_experiment(CLI::App& command, std::string& path, std::vector<std::string>& overrides);

/// Adds the results file that a command reads.
void add_results_file(CLI::App& command, std::string& path);

/// Adds --threads.
void add_threads(CLI::App& command, int& threads);

/// Adds --kernel.
void add_kernel(CLI::App& command, KernelKind& kernel);

/// Adds --scenario, which takes what chosen_scenarios() understands.
void add_scenarios(CLI::App& command, std::vector<std::string>& scenarios);

}  // namespace firesweep
