#pragma once

#include <system_error>
#include <thread>
#include <vector>

namespace firesweep {

/// Starts up to `threads` threads that each call work(thread): fewer if the machine refuses some, but at
/// least one.
template <typename Work>
std::vector<std::jthread> start_threads(int threads, const Work& work) {
  std::vector<std::jthread> started;
  try {
    for (int thread = 0; thread < threads; ++thread) started.emplace_back(work, thread);
  } catch (const std::system_error&) {
    if (started.empty()) throw;
  }
  return started;
}

}  // namespace firesweep
