#include "firesweep/io/experiment_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <tuple>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"

#include "experiment_decoder.hpp"
#include "source_tree.hpp"

namespace firesweep {
namespace {

[[noreturn]] void cannot_read(const std::string& path, const std::string& why) {
  throw InputError(fmt::format("{}: cannot read the experiment ({})", path, why));
}

// The file's name without its ending, as far as names of experiments allow it.
std::string default_name(const std::string& path) {
  std::string name = std::filesystem::path(path).stem().string();
  for (char& c : name) {
    const bool is_allowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                            c == '-' || c == '_' || c == '.';
    if (!is_allowed) c = '_';
  }
  if (name.empty()) return "experiment";
  if (name.front() == '.' || name.front() == '-') name.front() = '_';
  constexpr std::size_t longest = 200;
  return name.substr(0, longest);
}

// In the order of the file; then those of options, in theirs.
void sort(std::vector<Problem>& problems, const std::string& path) {
  std::stable_sort(problems.begin(), problems.end(), [&](const Problem& a, const Problem& b) {
    const auto rank = [&](const Location& where) {
      return where.source == path ? std::tuple(0, where.line, where.column) : std::tuple(1, 0, 0);
    };
    return rank(a.where) < rank(b.where);
  });
}

}  // namespace

ExperimentSource load_experiment(const std::string& path, std::vector<std::string> overrides) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) cannot_read(path, "there is no such file");
  if (std::filesystem::is_directory(status)) cannot_read(path, "it is a directory");
  std::ifstream file(path, std::ios::binary);
  if (!file) cannot_read(path, std::strerror(errno));
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) cannot_read(path, std::strerror(errno));
  return {path, std::move(text), std::move(overrides)};
}

Experiment parse_experiment(const ExperimentSource& source) {
  std::vector<Problem> problems;
  SourceNode root = parse_yaml(source.text, source.path, problems);
  for (const std::string& assignment : source.overrides) {
    try {
      apply_override(root, assignment, problems);
    } catch (const InputError& error) {
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
  }
  Experiment experiment = decode_experiment(root, default_name(source.path), problems);
  if (problems.empty()) return experiment;
  sort(problems, source.path);
  throw InputError(std::move(problems));
}

}  // namespace firesweep
