#include "command_words.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/suggestion.hpp"

namespace firesweep {
namespace {

constexpr std::array<std::string_view, 3> assigning = {"--set", "--scenario", "--at"};

bool is_option(std::string_view word) {
  return word.size() > 1 && word.front() == '-';
}

// "landscape.width=512", but neither an option nor a path such as ./a=1/experiment.yaml.
bool is_assignment(std::string_view word) {
  constexpr std::string_view of_keys = "abcdefghijklmnopqrstuvwxyz_.";
  const std::size_t equals = word.find('=');
  return equals != std::string_view::npos && equals > 0 && word.front() != '.' &&
         word.substr(0, equals).find_first_not_of(of_keys) == std::string_view::npos;
}

std::vector<std::string> long_options(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::vector<std::string> commands(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
  return names;
}

// What is wrong with words that `command`, which `called` names, did not claim; options first, as a word
// after an unknown option is probably its value.
std::string complaint(const CLI::App& command, const std::string& called) {
  const std::vector<std::string> words = command.remaining();
  if (words.empty()) return "";
  const auto option = std::ranges::find_if(words, is_option);
  if (option != words.end()) {
    const std::string name = option->substr(0, option->find('='));
    const std::string meant = suggestion(name, long_options(command));
    return fmt::format("{} has no option {}{}", called, name,
                       meant.empty() ? fmt::format("; '{} --help' lists those it has", called) : meant);
  }
  const std::vector<std::string> names = commands(command);
  if (names.empty())
    return fmt::format("'{}' is too much: '{} --help' says what it takes", words.front(), called);
  const std::string meant = suggestion(words.front(), names);
  return fmt::format("there is no command '{}'{}", words.front(),
                     meant.empty() ? fmt::format("; the commands are {}", fmt::join(names, ", ")) : meant);
}

}  // namespace

std::vector<std::string> command_words(int argc, char** argv) {
  std::vector<std::string> words;
  std::string_view option;  // that the words that follow may belong to
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const bool is_first = !words.empty() && words.back() == option;
    if (!option.empty() && !is_first) {
      if (is_assignment(word))
        words.emplace_back(option);
      else
        option = {};
    }
    const auto starts_one = [&](std::string_view name) {
      return word == name || (word.starts_with(name) && word[name.size()] == '=');
    };
    if (const auto found = std::ranges::find_if(assigning, starts_one); found != assigning.end())
      option = *found;
    words.emplace_back(word);
  }
  return words;
}

std::string unclaimed_word(const CLI::App& app) {
  const std::string of_program = complaint(app, app.get_name());
  if (!of_program.empty()) return of_program;
  for (const CLI::App* command : app.get_subcommands()) {
    const std::string of_command =
        complaint(*command, fmt::format("{} {}", app.get_name(), command->get_name()));
    if (!of_command.empty()) return of_command;
  }
  return "";
}

}  // namespace firesweep
