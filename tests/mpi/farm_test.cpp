#include "firesweep/parallel/farm.hpp"

#include <chrono>
#include <cstdint>
#include <ctime>
#include <stdexcept>
#include <thread>

#include "catch.hpp"
#include "farm_people.hpp"
#include "shared_world.hpp"

using namespace firesweep;

TEST_CASE("every task is done once, by any number of ranks and threads") {
  World& world = shared_world();
  for (const std::uint64_t tasks : {0U, 1U, 2U, 500U}) {
    for (const int threads : {1, 2}) {
      Summer foreman(tasks);
      Hand hand([](std::span<const std::byte> task) { return bytes_of(number_in(task) * number_in(task)); });
      const FarmEnd end = run_farm(world, world.is_root() ? &foreman : nullptr, hand, threads);
      CHECK(hand.highest_thread < threads);
      CHECK(hand.dismissals == threads);
      CHECK(hand.faults == 0);
      if (!world.is_root()) continue;
      CHECK(foreman.results == tasks);
      CHECK(foreman.sum == (tasks == 0 ? 0 : (tasks - 1) * tasks * (2 * tasks - 1) / 6));
      CHECK(foreman.ticks > 0);
      CHECK(end.lost.empty());
      CHECK(end.farewells.size() == static_cast<std::size_t>(world.size()));
      std::uint64_t done_by_all = 0;
      for (const Bytes& farewell : end.farewells) done_by_all += number_in(farewell);
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
  const FarmEnd end = run_farm(world, world.is_root() ? &foreman : nullptr, hand, 1);
  for (const Bytes& farewell : end.farewells) CHECK(number_in(farewell) > 0);
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
    Order tick() override { return Order::go_on; }
    void asked_to_halt(int) override {}
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
