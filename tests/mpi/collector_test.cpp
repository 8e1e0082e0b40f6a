#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "collector_sample.hpp"
#include "farm_sample.hpp"
#include "shared_world.hpp"

using namespace firesweep;

namespace {

using namespace std::chrono_literals;

// One farm of all ranks, with so many collectors.
class Farm {
 public:
  Farm(int collectors, std::uint64_t tasks, TestWorker::Task task)
      : tree(shared_world().size(), collectors), source(tasks), worker(std::move(task)) {}

  FarmEnd run(int threads, Timeouts timeouts = {}) {
    World& world = shared_world();
    world.first_to_differ(false);  // the farm before may have had another tree
    return run_farm(world, tree, world.is_root() ? &source : nullptr,
                    tree.is_collector(world.rank()) ? &collector : nullptr, worker, threads, timeouts);
  }

  RankTree tree;
  SummingSource source;
  SummingCollector collector;
  TestWorker worker;
};

int most_collectors() {
  return std::min(3, shared_world().size() - 1);
}

}  // namespace

TEST_CASE("every rank has one above it, and groups are as equal as can be") {
  const RankTree tree(9, 3);
  CHECK(tree.below(0) == std::vector{1, 3, 6});
  CHECK(tree.below(1) == std::vector{2});
  CHECK(tree.below(3) == std::vector{4, 5});
  CHECK(tree.below(6) == std::vector{7, 8});
  CHECK(tree.below(7).empty());
  for (int rank = 1; rank < 9; ++rank) {
    const std::vector<int> siblings = tree.below(tree.above(rank));
    CHECK(std::ranges::count(siblings, rank) == 1);
    CHECK(tree.is_collector(rank) == (rank == 1 || rank == 3 || rank == 6));
  }
  CHECK(RankTree(4).below(0) == std::vector{1, 2, 3});
  CHECK(RankTree(4, 3).below(0) == std::vector{1, 2, 3});
  CHECK(RankTree(4, 3).below(2).empty());
}

TEST_CASE("what collectors bring is taken by as many threads as rank 0 has") {
  World& world = shared_world();
  if (world.size() < 2) return;
  constexpr int threads = 2;
  class MeetingSource final : public TaskSource {
   public:
    std::optional<Bytes> next_task() override {
      if (left == 0) return std::nullopt;
      return bytes_of(left--);
    }
    // Returns when another thread has come, too.
    void take_result(Bytes) override {
      std::unique_lock lock(mutex);
      const int last_of_meeting = inside / threads * threads + threads;
      ++inside;
      changed.notify_all();
      have_met &= changed.wait_for(lock, 20s, [&] { return inside >= last_of_meeting; });
    }
    Order tick() override { return Order::go_on; }
    void asked_to_halt(int) override {}
    std::uint64_t left = 2 * threads;
    std::mutex mutex;
    std::condition_variable changed;
    int inside = 0;
    bool have_met = true;
  } source;
  SummingCollector collector;
  TestWorker worker([](std::span<const std::byte> task) { return bytes_of(number_in(task)); });
  const RankTree tree(world.size(), 1);
  world.first_to_differ(false);
  run_farm(world, tree, world.is_root() ? &source : nullptr,
           tree.is_collector(world.rank()) ? &collector : nullptr, worker, threads);
  CHECK(source.have_met);
  if (world.is_root()) CHECK(source.inside == 2 * threads);
}

TEST_CASE("every task is done once with any number of collectors") {
  World& world = shared_world();
  for (int collectors = 0; collectors <= most_collectors(); ++collectors) {
    for (const std::uint64_t tasks : {0U, 1U, 5U, 200U}) {
      Farm farm(collectors, tasks, [](std::span<const std::byte> task) { return bytes_of(number_in(task)); });
      const FarmEnd end = farm.run(2);
      const std::uint64_t parts = collectors == 0 ? 1 : SummingCollector::parts;
      CHECK(farm.worker.faults == 0);
      CHECK(farm.worker.dismissals == (world.is_root() && collectors > 0 ? 0 : 2));
      if (!world.is_root()) continue;
      CHECK(farm.source.sum == (tasks == 0 ? 0 : parts * tasks * (tasks - 1) / 2));
      CHECK(end.lost.empty());
      std::uint64_t done_by_all = 0;
      for (const Bytes& final_report : end.final_reports) done_by_all += number_in(final_report);
      CHECK(done_by_all == parts * tasks);
    }
  }
}

TEST_CASE("collectors and their groups work at once, rank 0 does not") {
  if (most_collectors() == 0) return;
  Farm farm(most_collectors(), 40, [](std::span<const std::byte>) {
    std::this_thread::sleep_for(20ms);
    return bytes_of(1);
  });
  const FarmEnd end = farm.run(1);
  for (std::size_t rank = 0; rank < end.final_reports.size(); ++rank)
    CHECK((number_in(end.final_reports[rank]) > 0) == (rank > 0));
  if (farm.tree.is_collector(shared_world().rank())) CHECK(farm.collector.taken > 0);
}

TEST_CASE("an order to halt goes through collectors, and what was done comes back") {
  if (most_collectors() == 0) return;
  Farm farm(most_collectors(), 1'000'000, {});
  Farm* const own = &farm;
  farm.worker.set_task([own](std::span<const std::byte>) { return work_until_halted(own->worker); });
  farm.source.must_halt = [&] { return farm.source.ticks > 5; };
  const FarmEnd end = farm.run(2);
  CHECK(farm.worker.halts == 1);
  if (!shared_world().is_root()) return;
  CHECK(end.lost.empty());
  CHECK(farm.source.sum == 2 * static_cast<std::uint64_t>(shared_world().size() - 1));
}

TEST_CASE("the wish to halt of a rank in a group reaches the source, once and by its number") {
  if (most_collectors() == 0) return;
  Farm farm(most_collectors(), 1'000'000, {});
  Farm* const own = &farm;
  farm.worker.set_task([own](std::span<const std::byte>) { return work_until_halted(own->worker); });
  farm.worker.wish = is_last;
  int ticks_since = 0;
  farm.source.must_halt = [&] { return !farm.source.asking.empty() && ++ticks_since > 4; };
  farm.run(1);
  if (shared_world().is_root()) CHECK(farm.source.asking == std::vector{shared_world().size() - 1});
}

TEST_CASE("an exception in a group halts the farm and reaches rank 0") {
  if (most_collectors() == 0) return;
  for (const bool is_memory : {false, true}) {
    Farm farm(1, 1'000'000, {});
    Farm* const own = &farm;
    farm.worker.set_task([own, is_memory](std::span<const std::byte>) -> Bytes {
      if (is_last() && is_memory) throw std::bad_alloc();
      if (is_last()) throw std::runtime_error("the last rank gives up");
      return work_until_halted(own->worker);
    });
    if (!shared_world().is_root())
      CHECK_NOTHROW(farm.run(2));
    else if (is_memory)
      CHECK_THROWS_AS(farm.run(2), std::bad_alloc);
    else
      CHECK_THROWS_WITH(farm.run(2), "the last rank gives up");
  }
}

// Hidden, as those of loss_test.cpp: seven ranks, of which 1 and 4 are collectors.

TEST_CASE("a worker that falls silent halts the farm and is named, and its group's work is kept",
          "[.silent-worker]") {
  Farm farm(2, 1'000'000, {});
  Farm* const own = &farm;
  farm.worker.set_task([own](std::span<const std::byte>) { return work_until_halted(own->worker); });
  farm.worker.wish = [asked = 0]() mutable {  // on the main thread
    if (is_last() && ++asked == 5) std::this_thread::sleep_for(12s);
    return false;
  };
  if (is_last()) {
    CHECK_THROWS_AS(farm.run(1, short_timeouts), RootLost);
    return;
  }
  const FarmEnd end = farm.run(1, short_timeouts);
  CHECK(farm.worker.halts == 1);
  if (!shared_world().is_root()) return;
  CHECK(end.lost == std::vector{6});
  CHECK(farm.source.sum == 5);
  CHECK(end.final_reports[6].empty());
  for (std::size_t rank = 1; rank < 6; ++rank) CHECK(number_in(end.final_reports[rank]) == 1);
}

TEST_CASE("a collector that falls silent halts the farm, and its group is lost with it",
          "[.silent-collector]") {
  Farm farm(2, 1'000'000, {});
  Farm* const own = &farm;
  const int rank = shared_world().rank();
  farm.worker.set_task([own](std::span<const std::byte>) { return work_until_halted(own->worker); });
  farm.worker.wish = [rank, asked = 0]() mutable {
    if (rank == 4 && ++asked == 5) std::this_thread::sleep_for(12s);
    return false;
  };
  if (rank >= 4) {
    CHECK_THROWS_AS(farm.run(1, short_timeouts), RootLost);
    return;
  }
  const FarmEnd end = farm.run(1, short_timeouts);
  CHECK(farm.worker.halts == 1);
  if (rank > 0) return;
  CHECK(end.lost == std::vector{4, 5, 6});
  CHECK(farm.source.sum == 3);
}

TEST_CASE("collectors and their groups notice that rank 0 is gone", "[.rootless-collector]") {
  Farm farm(2, 1'000'000, {});
  Farm* const own = &farm;
  farm.worker.set_task([own](std::span<const std::byte>) { return work_until_halted(own->worker); });
  farm.source.must_halt = [&] {
    if (farm.source.ticks == 3) std::this_thread::sleep_for(15s);
    return false;
  };
  if (shared_world().is_root()) {
    CHECK(farm.run(1, short_timeouts).lost.size() == 6);
    return;
  }
  CHECK_THROWS_AS(farm.run(1, short_timeouts), RootLost);
  CHECK(farm.worker.dismissals == 1);
}
