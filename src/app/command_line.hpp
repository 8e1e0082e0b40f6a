#pragma once

#include "terminal/exit_code.hpp"

namespace firesweep {

/// Does what a command line says, prints what comes of it, and returns what to tell the caller. Whatever goes wrong is
/// said on standard error; nothing is thrown.
ExitCode answer(int argc, char** argv);

}  // namespace firesweep
