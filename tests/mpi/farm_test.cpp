#include "firesweep/parallel/farm.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <functional>
#include <stdexcept>
#include <thread>

#include "catch.hpp"
#include "shared_world.hpp"

using namespace firesweep;

namespace {

using Bytes = std::vector<std::byte>;

Bytes bytes_of(std::uint64_t number) {
  Bytes bytes(sizeof number);
  std::memcpy(bytes.data(), &number, sizeof number);
  return bytes;
}

std::uint64_t number_in(std::span<const std::byte> bytes) {
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof number);
  return number;
}

// Hands out 0 .. tasks - 1 and adds up what comes back.
class Summer final : public Foreman {
 public:
  explicit Summer(std::uint64_t tasks) : tasks_(tasks) {}

  std::optional<Bytes> next_task() override {
    if (next_ == tasks_) return std::nullopt;
    return bytes_of(next_++);
  }
  void take_result(Bytes result) override {
    sum += number_in(result);
    ++results;
  }
  void tick() override { ++ticks; }

  std::uint64_t sum = 0;
  std::uint64_t results = 0;
  int ticks = 0;

 private:
  std::uint64_t tasks_;
  std::uint64_t next_ = 0;
};

// Does what it is told, and counts.
class Hand final : public Worker {
 public:
  using Task = std::function<Bytes(std::span<const std::byte>)>;

  explicit Hand(Task task) : task_(std::move(task)) {}

  Bytes perform(int thread, std::span<const std::byte> task) override {
    ++done;
    if (thread > highest_thread) highest_thread = thread;
    return task_(task);
  }
  void waited(int, double seconds) override {
    if (seconds < 0) ++faults;
  }
  void dismissed(int) override { ++dismissals; }
  Bytes farewell() override { return bytes_of(done); }

  std::atomic<std::uint64_t> done = 0;  // Catch's assertions are for one thread, so these are looked at later
  std::atomic<int> highest_thread = 0;
  std::atomic<int> dismissals = 0;
  std::atomic<int> faults = 0;

 private:
  Task task_;
};

}  // namespace

TEST_CASE("every task is done once, by any number of ranks and threads") {
  World& world = shared_world();
  for (const std::uint64_t tasks : {0U, 1U, 2U, 500U}) {
    for (const int threads : {1, 2}) {
      Summer foreman(tasks);
      Hand hand([](std::span<const std::byte> task) { return bytes_of(number_in(task) * number_in(task)); });
      const auto farewells = run_farm(world, world.is_root() ? &foreman : nullptr, hand, threads);
      CHECK(hand.highest_thread < threads);
      CHECK(hand.dismissals == threads);
      CHECK(hand.faults == 0);
      if (!world.is_root()) continue;
      CHECK(foreman.results == tasks);
      CHECK(foreman.sum == (tasks == 0 ? 0 : (tasks - 1) * tasks * (2 * tasks - 1) / 6));
      CHECK(foreman.ticks > 0);
      CHECK(farewells.size() == static_cast<std::size_t>(world.size()));
      std::uint64_t done_by_all = 0;
      for (const Bytes& farewell : farewells) done_by_all += number_in(farewell);
      CHECK(done_by_all == tasks);
    }
  }
}

TEST_CASE("every rank takes part when tasks take long, rank 0 too") {
  World& world = shared_world();
  Summer foreman(static_cast<std::uint64_t>(world.size()) * 10);
  Hand hand([](std::span<const std::byte>) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return bytes_of(1);
  });
  const auto farewells = run_farm(world, world.is_root() ? &foreman : nullptr, hand, 1);
  for (const Bytes& farewell : farewells) CHECK(number_in(farewell) > 0);
}

TEST_CASE("large results arrive whole") {
  World& world = shared_world();
  class Collector final : public Foreman {
   public:
    std::optional<Bytes> next_task() override {
      if (left == 0) return std::nullopt;
      return bytes_of(left--);
    }
    void take_result(Bytes result) override { total += result.size(); }
    void tick() override {}
    std::uint64_t left = 20;
    std::size_t total = 0;
  } foreman;
  Hand hand([](std::span<const std::byte>) { return Bytes(3'000'000, std::byte{1}); });
  run_farm(world, world.is_root() ? &foreman : nullptr, hand, 2);
  if (world.is_root()) CHECK(foreman.total == 60'000'000);
}

TEST_CASE("waiting costs no core") {
  World& world = shared_world();
  Summer foreman(1);
  const std::clock_t before = std::clock();
  Hand hand([](std::span<const std::byte>) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1000));
    return bytes_of(1);
  });
  run_farm(world, world.is_root() ? &foreman : nullptr, hand, 1);
  // A spinning rank would burn a second of processor time; a sleeping one takes a few milliseconds.
  CHECK(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC < 0.5);
}

TEST_CASE("an exception on any rank ends the farm and reaches rank 0") {
  World& world = shared_world();
  Summer foreman(1'000'000);
  Hand hand([&](std::span<const std::byte>) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (world.rank() == world.size() - 1) throw std::runtime_error("the last rank gives up");
    return bytes_of(1);
  });
  const auto work = [&] { run_farm(world, world.is_root() ? &foreman : nullptr, hand, 2); };
  if (world.is_root()) {
    CHECK_THROWS_WITH(work(), "the last rank gives up");
  } else {
    CHECK_NOTHROW(work());
  }
}
