#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace firesweep {

/// Has work(i) done for every i < count, on so many threads at most, of which the caller is one: fewer where the machine
/// refuses some. Each gets a work of its own, which make() returns. Throws the first of what a call throws, when all have
/// returned; what had not begun is left out then.
template <class Make>
void side_by_side(std::size_t count, std::size_t threads, const Make& make) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto take_part = [&] {
    try {
      auto work = make();
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      next = count;
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    try {
      while (others.size() + 1 < std::min(threads, count)) others.emplace_back(take_part);
    } catch (const std::system_error&) {
      // Those that there are do it.
    }
    take_part();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace firesweep
