#include "root_loop.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace firesweep {
namespace {

// A collector has to come to an end with its own group first.
Timeouts with_collectors(Timeouts timeouts, const RankTree& tree) {
  if (tree.collectors() > 0) timeouts.halt *= 2;
  return timeouts;
}

}  // namespace

RootLoop::RootLoop(const World& world, const RankTree& tree, TaskSource& source, Worker& worker,
                   Timeouts timeouts)
    : ServingLoop(world, tree.below(0), source, worker, with_collectors(timeouts, tree)),
      tree_(tree),
      source_(source) {}

FarmEnd RootLoop::work(int threads) {
  if (tree_.collectors() > 0) {
    takers_ = static_cast<std::size_t>(threads);
    serve_with(threads, [this](int) { take_results(); });
  } else {
    serve_with(threads, [this](int thread) { compute(thread); });
  }
  if (const std::exception_ptr cause = failure()) std::rethrow_exception(cause);
  source_.tick();
  std::ranges::sort(end_.lost);
  end_.lost.erase(std::unique(end_.lost.begin(), end_.lost.end()), end_.lost.end());
  end_.final_reports.resize(static_cast<std::size_t>(world_.size()));
  const auto keep = [this](Report& report) {
    end_.final_reports[static_cast<std::size_t>(report.rank)] = std::move(report.body);
  };
  for (Report& report : reports_) {
    if (!tree_.is_collector(report.rank)) {
      keep(report);
      continue;
    }
    for (Report& one : unpack_reports(report.body)) keep(one);
  }
  end_.final_reports.front() = worker_.final_report();
  return std::move(end_);
}

bool RootLoop::is_told_to_halt() {
  bool is_ordered = false;
  ask_pool([&] { is_ordered = source_.tick() == TaskSource::Order::halt; });
  return is_ordered;
}

void RootLoop::asked_to_halt(int rank) {
  ask_pool([&] { source_.asked_to_halt(rank); });
}

// Where the takers are behind, this thread takes the result itself: so nothing piles up.
void RootLoop::has_come(Bytes result) {
  constexpr std::size_t most_waiting = std::size_t{64} << 20;
  if (takers_ == 0 || (bytes_to_take_ > 0 && bytes_to_take_ + result.size() > most_waiting))
    return take_result(std::move(result));
  bytes_to_take_ += result.size();
  to_take_.post(std::move(result));
}

void RootLoop::nothing_will_come() {
  for (std::size_t taker = 0; taker < takers_; ++taker) to_take_.post(std::nullopt);
}

void RootLoop::take_results() {
  while (std::optional<Bytes> result = to_take_.take()) {
    const std::size_t size = result->size();
    take_result(std::move(*result));
    bytes_to_take_ -= size;
  }
}

void RootLoop::has_lost(int rank) {
  end_.lost.push_back(rank);
  const std::vector<int> group = tree_.below(rank);
  end_.lost.insert(end_.lost.end(), group.begin(), group.end());
}

}  // namespace firesweep
