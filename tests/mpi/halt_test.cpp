#include <chrono>
#include <stdexcept>
#include <thread>

#include "catch.hpp"
#include "farm_people.hpp"
#include "shared_world.hpp"

using namespace firesweep;

namespace {

using namespace std::chrono_literals;

Foreman* on_root(Foreman& foreman) {
  return shared_world().is_root() ? &foreman : nullptr;
}

}  // namespace

TEST_CASE("an order to halt ends the work of every rank, and what was done comes back") {
  World& world = shared_world();
  Summer foreman(1'000'000);
  const std::uint64_t threads = 2 * static_cast<std::uint64_t>(world.size());
  foreman.must_halt = [&] { return foreman.handed_out == threads; };
  Hand hand([&](std::span<const std::byte>) { return work_until_halted(hand); });
  const FarmEnd end = run_farm(world, on_root(foreman), hand, 2);
  CHECK(hand.halts == 1);
  CHECK(hand.dismissals == 2);
  if (!world.is_root()) return;
  CHECK(end.lost.empty());
  CHECK(foreman.handed_out == threads);
  CHECK(foreman.results == threads);
  for (const Bytes& farewell : end.farewells) CHECK(number_in(farewell) == 2);
}

TEST_CASE("a halt before any task has been handed out is an end like any other") {
  World& world = shared_world();
  Summer foreman(0);
  foreman.must_halt = [] { return true; };
  Hand hand([](std::span<const std::byte>) { return bytes_of(1); });
  const FarmEnd end = run_farm(world, on_root(foreman), hand, 2);
  CHECK(hand.done == 0);
  CHECK(end.lost.empty());
}

TEST_CASE("another rank's wish to halt reaches the foreman, once") {
  World& world = shared_world();
  const int last = world.size() - 1;
  Summer foreman(1'000'000);
  // Ticks go on for a while, so that a second plea would be seen.
  int ticks_since = 0;
  foreman.must_halt = [&] { return (world.size() == 1 || !foreman.pleading.empty()) && ++ticks_since > 4; };
  Hand hand([&](std::span<const std::byte>) { return work_until_halted(hand); });
  hand.wish = [&] { return world.rank() == last; };
  run_farm(world, on_root(foreman), hand, 1);
  if (!world.is_root()) return;
  if (world.size() == 1) {
    CHECK(foreman.pleading.empty());  // its foreman knows itself
  } else {
    CHECK(foreman.pleading == std::vector<int>{last});
  }
}

TEST_CASE("an exception on any rank halts the farm and reaches rank 0") {
  World& world = shared_world();
  Summer foreman(1'000'000);
  Hand hand([&](std::span<const std::byte>) {
    if (world.rank() == world.size() - 1) throw std::runtime_error("the last rank gives up");
    return work_until_halted(hand);
  });
  const auto work = [&] { run_farm(world, on_root(foreman), hand, 2); };
  if (world.is_root()) {
    CHECK_THROWS_WITH(work(), "the last rank gives up");
  } else {
    CHECK_NOTHROW(work());
  }
}

TEST_CASE("what the foreman throws halts the farm, and the other ranks leave in order") {
  World& world = shared_world();
  Summer foreman(1'000'000);
  foreman.must_halt = [&]() -> bool {
    if (foreman.ticks == 2) throw std::runtime_error("the foreman gives up");
    return false;
  };
  Hand hand([&](std::span<const std::byte>) { return work_until_halted(hand); });
  const auto work = [&] { run_farm(world, on_root(foreman), hand, 2); };
  if (world.is_root()) {
    CHECK_THROWS_WITH(work(), "the foreman gives up");
  } else {
    CHECK_NOTHROW(work());
  }
}

TEST_CASE("ranks at work on one task for long are not lost, as their main threads say that they live") {
  World& world = shared_world();
  Summer foreman(static_cast<std::uint64_t>(world.size()));
  Hand hand([](std::span<const std::byte>) {
    std::this_thread::sleep_for(3s);
    return bytes_of(1);
  });
  const FarmEnd end =
      run_farm(world, on_root(foreman), hand, 1, {.heartbeat = 50ms, .silence = 1500ms, .halt = 1500ms});
  CHECK(end.lost.empty());
  CHECK(hand.halts == 0);
}
