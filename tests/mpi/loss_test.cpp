// What MPI still holds of a lost rank would disturb the next farm, so each of these runs in a world of its
// own: they are hidden from a run of all tests, and named in CMakeLists.txt.

#include <chrono>
#include <thread>

#include "catch.hpp"
#include "farm_sample.hpp"
#include "shared_world.hpp"

using namespace firesweep;

namespace {

using namespace std::chrono_literals;

constexpr auto long_silence = 5s;

// A farm that nobody ends, with threads that return when told to halt.
class EndlessFarm {
 public:
  FarmEnd run() {
    return run_farm(shared_world(), shared_world().is_root() ? &source : nullptr, worker, 2, short_timeouts);
  }

  SummingSource source{1'000'000};
  TestWorker worker{[this](std::span<const std::byte>) { return work_until_halted(worker); }};
};

void check_that_the_last_is_lost(const FarmEnd& end) {
  const int last = shared_world().size() - 1;
  CHECK(end.lost == std::vector<int>{last});
  for (int rank = 0; rank < last; ++rank)
    CHECK(number_in(end.final_reports[static_cast<std::size_t>(rank)]) == 2);
  CHECK(end.final_reports.back().empty());
}

}  // namespace

TEST_CASE("a rank that falls silent halts the farm and is named", "[.silent]") {
  EndlessFarm farm;
  farm.worker.wish = [asked = 0]() mutable {  // on the main thread
    if (is_last() && ++asked == 5) std::this_thread::sleep_for(long_silence);
    return false;
  };
  if (is_last()) {
    CHECK_THROWS_AS(farm.run(), RootLost);  // rank 0 no longer counts on it
    return;
  }
  const FarmEnd end = farm.run();
  CHECK(farm.worker.halts == 1);
  if (shared_world().is_root()) {
    check_that_the_last_is_lost(end);
    CHECK(farm.source.results == 2 * static_cast<std::uint64_t>(shared_world().size() - 1));
  }
}

TEST_CASE("a rank that never begins is lost", "[.absent]") {
  if (is_last()) {
    std::this_thread::sleep_for(long_silence);
    return;
  }
  EndlessFarm farm;
  const FarmEnd end = farm.run();
  if (shared_world().is_root()) check_that_the_last_is_lost(end);
}

TEST_CASE("a rank that lives but does not halt is lost", "[.stubborn]") {
  EndlessFarm farm;
  const std::uint64_t threads = 2 * static_cast<std::uint64_t>(shared_world().size());
  farm.source.must_halt = [&] { return farm.source.handed_out == threads; };
  TestWorker stubborn([](std::span<const std::byte>) {
    std::this_thread::sleep_for(long_silence);
    return bytes_of(1);
  });
  if (is_last()) {
    CHECK_THROWS_AS(run_farm(shared_world(), nullptr, stubborn, 2, short_timeouts), RootLost);
    return;
  }
  const FarmEnd end = farm.run();
  if (shared_world().is_root()) check_that_the_last_is_lost(end);
}

TEST_CASE("ranks that no longer hear of rank 0 have their threads return and say so", "[.rootless]") {
  EndlessFarm farm;
  farm.source.must_halt = [&] {
    if (farm.source.ticks == 3) std::this_thread::sleep_for(long_silence);
    return false;
  };
  if (shared_world().is_root()) {
    const FarmEnd end = farm.run();
    CHECK(end.lost.size() == static_cast<std::size_t>(shared_world().size() - 1));
    return;
  }
  CHECK_THROWS_AS(farm.run(), RootLost);
  CHECK(farm.worker.halts == 1);
  CHECK(farm.worker.dismissals == 2);
}
