#pragma once

#include <stdexcept>
#include <string_view>

namespace firesweep {

/// A bug in firesweep itself: a caller broke what a function asks for. Never the user's fault.
class BrokenContract : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void break_contract(std::string_view what, const char* file, int line);

/// Throws BrokenContract, naming the calling line, unless `holds`. For checks outside hot loops.
inline void expects(bool holds, std::string_view what, const char* file = __builtin_FILE(),
                    int line = __builtin_LINE()) {
  if (!holds) break_contract(what, file, line);
}

}  // namespace firesweep
