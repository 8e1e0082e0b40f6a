#include "firesweep/check/input_error.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/wording.hpp"

namespace firesweep {
namespace {

// A table may have as many problems as rows, and nobody reads that many.
constexpr std::size_t most_told = 50;

std::string text_of(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : std::span(problems).first(std::min(problems.size(), most_told))) {
    if (!text.empty()) text += '\n';
    const std::string where = to_string(problem.where);
    text += where.empty() ? problem.message : fmt::format("{}: {}", where, problem.message);
  }
  if (problems.size() > most_told)
    text += fmt::format("\n... and {}", counted(problems.size() - most_told, "more problem"));
  return text;
}

}  // namespace

std::string to_string(const Location& location) {
  if (location.line == 0) return location.source;
  const std::string position = location.column == 0 ? fmt::format("{}", location.line)
                                                    : fmt::format("{}:{}", location.line, location.column);
  return location.source.empty() ? position : fmt::format("{}:{}", location.source, position);
}

InputError::InputError(std::vector<Problem> problems)
    : std::runtime_error(text_of(problems)), problems_(std::move(problems)) {}

InputError::InputError(std::string message) : InputError({Problem{Location{}, std::move(message)}}) {}

}  // namespace firesweep
