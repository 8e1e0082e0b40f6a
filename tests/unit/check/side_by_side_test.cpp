#include "firesweep/check/side_by_side.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

using namespace firesweep;

TEST_CASE("every piece of work is done once, by any number of threads") {
  for (const unsigned threads : {0U, 1U, 3U, 50U}) {
    std::vector<std::atomic<int>> times(20);
    side_by_side(times.size(), threads, [&] { return [&](std::size_t i) { ++times[i]; }; });
    CHECK(std::ranges::all_of(times, [](const std::atomic<int>& count) { return count == 1; }));
  }
  side_by_side(0, 4, [] { return [](std::size_t) { throw std::runtime_error("there is none"); }; });
}

TEST_CASE("each thread has a work of its own, and they work at once") {
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t inside = 0;
  std::size_t works = 0;
  bool have_met = true;
  side_by_side(2, 2, [&] {
    const std::lock_guard lock(mutex);
    ++works;
    return [&](std::size_t) {
      std::unique_lock waiting(mutex);
      ++inside;
      changed.notify_all();
      have_met &= changed.wait_for(waiting, std::chrono::seconds(20), [&] { return inside == 2; });
    };
  });
  CHECK(works == 2);
  CHECK(have_met);
}

TEST_CASE("what a piece of work throws is thrown when all have returned, and no other is begun") {
  std::atomic<int> done = 0;
  CHECK_THROWS_WITH(side_by_side(100, 1,
                                 [&] {
                                   return [&](std::size_t i) {
                                     if (i == 3) throw std::runtime_error("of the fourth");
                                     ++done;
                                   };
                                 }),
                    "of the fourth");
  CHECK(done == 3);
}
