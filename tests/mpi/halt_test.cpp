#include <chrono>
#include <new>
#include <stdexcept>
#include <thread>

#include "catch.hpp"
#include "farm_sample.hpp"
#include "shared_world.hpp"

using namespace firesweep;

namespace {

using namespace std::chrono_literals;

TaskSource* on_root(TaskSource& source) {
  return shared_world().is_root() ? &source : nullptr;
}

}  // namespace

TEST_CASE("an order to halt ends the work of every rank, and what was done comes back") {
  World& world = shared_world();
  SummingSource source(1'000'000);
  const std::uint64_t threads = 2 * static_cast<std::uint64_t>(world.size());
  source.must_halt = [&] { return source.handed_out == threads; };
  TestWorker worker([&](std::span<const std::byte>) { return work_until_halted(worker); });
  const FarmEnd end = run_farm(world, on_root(source), worker, 2);
  CHECK(worker.halts == 1);
  CHECK(worker.dismissals == 2);
  if (!world.is_root()) return;
  CHECK(end.lost.empty());
  CHECK(source.handed_out == threads);
  CHECK(source.results == threads);
  for (const Bytes& final_report : end.final_reports) CHECK(number_in(final_report) == 2);
}

TEST_CASE("a halt before any task has been handed out is an end like any other") {
  World& world = shared_world();
  SummingSource source(0);
  source.must_halt = [] { return true; };
  TestWorker worker([](std::span<const std::byte>) { return bytes_of(1); });
  const FarmEnd end = run_farm(world, on_root(source), worker, 2);
  CHECK(worker.done == 0);
  CHECK(end.lost.empty());
}

TEST_CASE("another rank's wish to halt reaches the source, once") {
  World& world = shared_world();
  const int last = world.size() - 1;
  SummingSource source(1'000'000);
  // Ticks go on for a while, so that a second request would be seen.
  int ticks_since = 0;
  source.must_halt = [&] { return (world.size() == 1 || !source.asking.empty()) && ++ticks_since > 4; };
  TestWorker worker([&](std::span<const std::byte>) { return work_until_halted(worker); });
  worker.wish = [&] { return world.rank() == last; };
  run_farm(world, on_root(source), worker, 1);
  if (!world.is_root()) return;
  if (world.size() == 1) {
    CHECK(source.asking.empty());  // its source knows itself
  } else {
    CHECK(source.asking == std::vector<int>{last});
  }
}

TEST_CASE("an exception on any rank halts the farm and reaches rank 0") {
  World& world = shared_world();
  SummingSource source(1'000'000);
  TestWorker worker([&](std::span<const std::byte>) {
    if (world.rank() == world.size() - 1) throw std::runtime_error("the last rank gives up");
    return work_until_halted(worker);
  });
  const auto work = [&] { run_farm(world, on_root(source), worker, 2); };
  if (world.is_root()) {
    CHECK_THROWS_WITH(work(), "the last rank gives up");
  } else {
    CHECK_NOTHROW(work());
  }
}

TEST_CASE("memory that another rank lacks is what rank 0 throws") {
  World& world = shared_world();
  SummingSource source(100);
  TestWorker worker([&](std::span<const std::byte> task) {
    if (world.rank() == world.size() - 1) throw std::bad_alloc();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return bytes_of(number_in(task));
  });
  if (world.is_root())
    CHECK_THROWS_AS(run_farm(world, &source, worker, 1), std::bad_alloc);
  else
    run_farm(world, nullptr, worker, 1);
}

TEST_CASE("what the source throws halts the farm, and the other ranks leave in order") {
  World& world = shared_world();
  SummingSource source(1'000'000);
  source.must_halt = [&]() -> bool {
    if (source.ticks == 2) throw std::runtime_error("the source gives up");
    return false;
  };
  TestWorker worker([&](std::span<const std::byte>) { return work_until_halted(worker); });
  const auto work = [&] { run_farm(world, on_root(source), worker, 2); };
  if (world.is_root()) {
    CHECK_THROWS_WITH(work(), "the source gives up");
  } else {
    CHECK_NOTHROW(work());
  }
}

TEST_CASE("ranks at work on one task for long are not lost, as their main threads say that they live") {
  World& world = shared_world();
  SummingSource source(static_cast<std::uint64_t>(world.size()));
  TestWorker worker([](std::span<const std::byte>) {
    std::this_thread::sleep_for(3s);
    return bytes_of(1);
  });
  const FarmEnd end =
      run_farm(world, on_root(source), worker, 1, {.heartbeat = 50ms, .silence = 1500ms, .halt = 1500ms});
  CHECK(end.lost.empty());
  CHECK(worker.halts == 0);
}
