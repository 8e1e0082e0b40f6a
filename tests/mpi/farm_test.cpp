#include "firesweep/parallel/farm.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <stdexcept>
#include <thread>

#include "catch.hpp"
#include "farm_sample.hpp"
#include "shared_world.hpp"

using namespace firesweep;

TEST_CASE("every task is done once, by any number of ranks and threads") {
  World& world = shared_world();
  for (const std::uint64_t tasks : {0U, 1U, 2U, 500U}) {
    for (const int threads : {1, 2}) {
      SummingSource source(tasks);
      TestWorker worker(
          [](std::span<const std::byte> task) { return bytes_of(number_in(task) * number_in(task)); });
      const FarmEnd end = run_farm(world, world.is_root() ? &source : nullptr, worker, threads);
      CHECK(worker.highest_thread < threads);
      CHECK(worker.dismissals == threads);
      CHECK(worker.faults == 0);
      if (!world.is_root()) continue;
      CHECK(source.results == tasks);
      CHECK(source.sum == (tasks == 0 ? 0 : (tasks - 1) * tasks * (2 * tasks - 1) / 6));
      CHECK(source.ticks > 0);
      CHECK(end.lost.empty());
      CHECK(end.final_reports.size() == static_cast<std::size_t>(world.size()));
      std::uint64_t done_by_all = 0;
      for (const Bytes& final_report : end.final_reports) done_by_all += number_in(final_report);
      CHECK(done_by_all == tasks);
    }
  }
}

TEST_CASE("every rank takes part when tasks take long, rank 0 too") {
  World& world = shared_world();
  SummingSource source(static_cast<std::uint64_t>(world.size()) * 10);
  TestWorker worker([](std::span<const std::byte>) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return bytes_of(1);
  });
  const FarmEnd end = run_farm(world, world.is_root() ? &source : nullptr, worker, 1);
  for (const Bytes& final_report : end.final_reports) CHECK(number_in(final_report) > 0);
}

TEST_CASE("large results arrive whole") {
  World& world = shared_world();
  class Collector final : public TaskSource {
   public:
    std::optional<Bytes> next_task() override {
      if (left == 0) return std::nullopt;
      return bytes_of(left--);
    }
    void take_result(Bytes result) override { total += result.size(); }
    Order tick() override { return Order::go_on; }
    void asked_to_halt(int) override {}
    std::uint64_t left = 20;
    std::atomic<std::size_t> total = 0;
  } source;
  TestWorker worker([](std::span<const std::byte>) { return Bytes(3'000'000, std::byte{1}); });
  run_farm(world, world.is_root() ? &source : nullptr, worker, 2);
  if (world.is_root()) CHECK(source.total == 60'000'000);
}

TEST_CASE("waiting costs no core") {
  World& world = shared_world();
  SummingSource source(1);
  const std::clock_t before = std::clock();
  TestWorker worker([](std::span<const std::byte>) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1000));
    return bytes_of(1);
  });
  run_farm(world, world.is_root() ? &source : nullptr, worker, 1);
  // A spinning rank would burn a second of processor time; a sleeping one takes a few milliseconds.
  CHECK(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC < 0.5);
}
