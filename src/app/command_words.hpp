#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace firesweep {

/// The words of a command line, the program's name left out. `--set a=1 b=2` becomes `--set a=1 --set b=2`,
/// and so for every option of that kind: CLI11 would take the experiment's file that may follow for one more
/// of them.
std::vector<std::string> command_words(int argc, char** argv);

/// What is wrong with the first word that no command or option of `app` claimed when it parsed, and what was
/// probably meant; "" if there is none. CLI11's own message lists such words backwards and suggests nothing.
std::string unclaimed_word(const CLI::App& app);

}  // namespace firesweep
