#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace firesweep {

/// Where in the user's input a problem stands. `line` and `column` count from 1; 0 means "the whole source".
struct Location {
  std::string source;  ///< a file's path as the user gave it, or an option such as "--set landscape.width"
  int line = 0;
  int column = 0;
};

/// "source:line:column", or as much of it as is known.
std::string to_string(const Location& location);

/// One thing wrong with the input: what, why, and what was probably meant.
struct Problem {
  Location where;
  std::string message;
};

/// Bad input. It carries every problem that was found, so that the user mends them in one go; what() is one
/// line each, of the first 50.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Problem> problems);
  explicit InputError(std::string message);

  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

}  // namespace firesweep
