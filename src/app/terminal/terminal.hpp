#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace firesweep {

/// Standard output cannot be written.
class OutputLost : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The text with what would steer a terminal written out, e.g. "\x1b": a file's names and messages are to be
/// shown, not obeyed. Ends of lines stay, and so do colours.
std::string printable(std::string_view text);

/// Writes a message to standard error, printable. If that is closed or its disk is full, nobody can be told,
/// and the work goes on.
void tell(std::string_view text);

/// The same of text that does steer the terminal.
void draw(std::string_view text);

/// Makes sure that what was printed on standard output has arrived. Throws OutputLost if it has not.
void finish_output();

}  // namespace firesweep
