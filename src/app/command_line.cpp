#include "command_line.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/parallel/launch.hpp"
#include "firesweep/store/provenance.hpp"

#include "command_words.hpp"
#include "commands/command.hpp"
#include "terminal/problem.hpp"
#include "terminal/terminal.hpp"

namespace firesweep {
namespace {

// Launched several times over, what one process does would be done as often, and printed or written over.
// Each process that leaves it says so: it might have been meant to do something else.
bool is_left_to_another(const CLI::App& command) {
  const Launch launch = launch_of_environment();
  if (launch.rank == 0) return false;
  tell(fmt::format(
      "firesweep: '{}' is the work of one process; process {} of the {} that were started ({}) leaves it to "
      "process 0. Start it without the launcher, or clear that variable, if it is to do work of its own\n",
      command.get_name(), launch.rank, launch.size, launch.variable));
  return true;
}

std::string version_text() {
  std::string text;
  for (const auto& [name, value] : build_facts()) text += fmt::format("{}: {}\n", name, value);
  text.pop_back();
  return text;
}

std::string exit_code_text() {
  std::string text = "Exit codes:";
  for (const auto& [code, meaning] : exit_code_meanings)
    text += fmt::format("\n  {:<3} {}", static_cast<int>(code), meaning);
  return text;
}

// CLI11 2.6 would fill the lines of help texts anew, and with them examples and tables.
template <class Formatter>
void keep_lines(Formatter& formatter) {
  if constexpr (requires { formatter.enable_footer_formatting(false); }) {
    formatter.enable_footer_formatting(false);
    formatter.enable_description_formatting(false);
  }
}

// What each command does, in the order of the table.
std::vector<Action> add_commands(CLI::App& app) {
  app.require_subcommand(1);
  std::vector<Action> actions;
  for (const Command& command : commands())
    actions.push_back(
        command.add(*app.add_subcommand(std::string(command.name), std::string(command.summary))));
  return actions;
}

// Parses the command line and does what it says, or throws.
ExitCode obey(CLI::App& app, int argc, char** argv) {
  const std::vector<Action> actions = add_commands(app);
  try {
    std::vector<std::string> words = command_words(argc, argv);
    std::ranges::reverse(words);  // as CLI11 takes them
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    const bool is_help = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
    if (const std::string what = unclaimed_word(app); !is_help && !what.empty())
      tell(fmt::format("{}\n", what));
    else
      app.exit(error);
    return is_help ? ExitCode::done : ExitCode::bad_input;
  }
  const CLI::App& given = *app.get_subcommands().front();
  const auto command = std::ranges::find(commands(), given.get_name(), &Command::name);
  if (!command->is_for_all_ranks && is_left_to_another(given)) return ExitCode::done;
  const Action& action = actions[static_cast<std::size_t>(command - commands().begin())];
  return action({fmt::format("{}", fmt::join(argv, argv + argc, " ")), argc, argv});
}

}  // namespace

ExitCode answer(int argc, char** argv) {
  CLI::App app(
      "firesweep: what a simulated bushfire does when one fire is not an answer.\n"
      "Runs every combination of danger levels, ignition sets, further axes and seeds, with MPI over all "
      "cores,\n"
      "and leaves one HDF5 file of burn-fraction statistics and probability maps.\n",
      "firesweep");
  keep_lines(*app.get_formatter());
  app.footer(
      "Examples:\n"
      "  firesweep levels\n"
      "  firesweep plan experiments/danger_levels.yaml\n"
      "  mpirun firesweep run experiments/danger_levels.yaml\n"
      "  firesweep show danger-levels.h5\n\n"
      "'firesweep COMMAND --help' tells more.\n\n" +
      exit_code_text());
  app.set_version_flag("--version", version_text);
  try {
    const ExitCode code = obey(app, argc, argv);
    finish_output();
    return code;
  } catch (...) {
    return report_problem();
  }
}

}  // namespace firesweep
