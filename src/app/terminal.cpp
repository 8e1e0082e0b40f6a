#include "terminal.hpp"

#include <cstdio>
#include <stdexcept>

namespace firesweep {

void tell(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void finish_output() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    throw std::runtime_error("standard output cannot be written (a full disk, or a closed pipe)");
}

}  // namespace firesweep
