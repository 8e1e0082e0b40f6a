#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "terminal/exit_code.hpp"

namespace firesweep {

/// How the program was called.
struct Invocation {
  std::string command_line;  ///< for the provenance
  int& argc;                 ///< for MPI
  char**& argv;
};

/// Does what the options of a command say, once they are read, and returns what to tell the caller. It prints
/// results on standard output, everything else on standard error, and throws what goes wrong.
using Action = std::function<ExitCode(const Invocation&)>;

/// A command of the program.
struct Command {
  std::string_view name;
  std::string_view summary;
  Action (*add)(CLI::App& command);  ///< adds its options and its help, and returns what it does with them
  bool is_for_all_ranks = false;     ///< else one of the processes that a launcher starts does it
};

/// All commands, in the order of the program's help.
std::span<const Command> commands();

}  // namespace firesweep
