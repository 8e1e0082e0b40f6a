#include "firesweep/config/experiment_file.hpp"

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
#include "experiment_review.hpp"
#include "source_tree.hpp"

namespace firesweep {
namespace {

[[noreturn]] void cannot_read(const std::string& path, const std::string& why) {
  throw InputError(fmt::format("{}: cannot read the experiment ({})", path, why));
}

// Who has just made a results file gives it easily in the experiment's place.
void refuse_results(std::ifstream& file, const std::string& path) {
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  std::string start(signature.size(), ' ');
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  file.clear();
  file.seekg(0);
  if (start == signature)
    throw InputError(
        fmt::format("{0}: is a results file (HDF5), not an experiment (YAML); 'firesweep show {0}' prints "
                    "it",
                    path));
}

constexpr std::uintmax_t largest_file = 16 << 20;  // bytes; no experiment comes near

// The length [bytes] of the character that `text` begins with, or 0 if that is NUL or none by the table of
// well-formed UTF-8. Source: The Unicode Standard, table 3-7.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first > 0 && first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return continues(1) ? 2 : 0;
  const bool goes_on = continues(1) && continues(2);
  if (first == 0xE0) return goes_on && byte(1) >= 0xA0 ? 3 : 0;
  if (first == 0xED) return goes_on && byte(1) < 0xA0 ? 3 : 0;
  if (first > 0xE0 && first < 0xF0) return goes_on ? 3 : 0;
  if (first == 0xF0) return goes_on && continues(3) && byte(1) >= 0x90 ? 4 : 0;
  if (first == 0xF4) return goes_on && continues(3) && byte(1) < 0x90 ? 4 : 0;
  return first > 0xF0 && first < 0xF4 && goes_on && continues(3) ? 4 : 0;
}

// Labels go into the results file, whose readers take nothing but UTF-8.
void expect_utf8(const std::string& text, const std::string& path) {
  int line = 1;
  for (std::string_view left = text; !left.empty();) {
    const std::size_t length = character_length(left);
    if (length == 0) {
      throw InputError(std::vector<Problem>{
          {Location{path, line, 0},
           "not UTF-8 text (labels and names go into files that must be); save it as UTF-8"}});
    }
    line += left.front() == '\n' ? 1 : 0;
    left.remove_prefix(length);
  }
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
  if (status.type() == std::filesystem::file_type::none) cannot_read(path, error.message());
  if (!std::filesystem::exists(status)) cannot_read(path, "there is no such file");
  if (std::filesystem::is_directory(status)) cannot_read(path, "it is a directory");
  if (!std::filesystem::is_regular_file(status)) cannot_read(path, "it is not a regular file");
  std::ifstream file(path, std::ios::binary);
  if (!file) cannot_read(path, std::strerror(errno));
  refuse_results(file, path);
  if (std::filesystem::file_size(path, error) > largest_file) cannot_read(path, "it is larger than 16 MiB");
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) cannot_read(path, std::strerror(errno));
  expect_utf8(text, path);
  return {path, std::move(text), std::move(overrides)};
}

ParsedExperiment parse_experiment(const ExperimentSource& source) {
  std::vector<Problem> problems;
  SourceNode root = parse_yaml(source.text, source.path, problems);
  for (const std::string& assignment : source.overrides) {
    try {
      apply_override(root, assignment, problems);
    } catch (const InputError& error) {
      problems.insert(problems.end(), error.problems().begin(), error.problems().end());
    }
  }
  GroundReading reading{std::filesystem::path(source.path).parent_path(), {}, {}};
  Experiment experiment = decode_experiment(root, default_name(source.path), &reading, problems);
  const std::vector<Problem> contradictions = wind_contradictions(root, experiment);
  problems.insert(problems.end(), contradictions.begin(), contradictions.end());
  if (!problems.empty()) {
    sort(problems, source.path);
    throw InputError(std::move(problems));
  }
  std::vector<Problem> warnings = misgivings(root, experiment);
  warnings.insert(warnings.end(), reading.warnings.begin(), reading.warnings.end());
  sort(warnings, source.path);
  return {std::move(experiment), std::move(warnings), std::move(reading.facts)};
}

Experiment parse_stored_experiment(const std::string& path, const std::string& yaml) {
  std::vector<Problem> problems;
  const SourceNode root = parse_yaml(yaml, path, problems);
  Experiment experiment = decode_experiment(root, default_name(path), nullptr, problems);
  if (problems.empty()) return experiment;
  sort(problems, path);
  throw InputError(std::move(problems));
}

}  // namespace firesweep
