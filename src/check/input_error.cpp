#include "firesweep/check/input_error.hpp"

#include <utility>

#include <fmt/format.h>

namespace firesweep {
namespace {

std::string text_of(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    const std::string where = to_string(problem.where);
    text += where.empty() ? problem.message : fmt::format("{}: {}", where, problem.message);
  }
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
