#include <csignal>

#include <malloc.h>

#include "command_line.hpp"

namespace {

// Blocks of large landscapes come and go as messages of many megabytes. By default each would be fresh memory
// from the system, which clears it page by page; kept in the heap it is there already.
void keep_large_memory() {
#if defined(__GLIBC__)  // elsewhere it is only slower
  constexpr int one_gibibyte = 1 << 30;
  mallopt(M_MMAP_THRESHOLD, one_gibibyte);
  mallopt(M_TRIM_THRESHOLD, one_gibibyte);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  keep_large_memory();
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is a failed write, not an end
  return static_cast<int>(firesweep::answer(argc, argv));
}
