#include "collector_loop.hpp"

#include <exception>
#include <new>
#include <utility>
#include <vector>

namespace firesweep {

CollectorLoop::CollectorLoop(const World& world, Collector& collector, const RankTree& tree, Worker& worker,
                             Timeouts timeouts)
    : ServingLoop(world, tree.below(world.rank()), collector, worker, timeouts),
      collector_(collector),
      lifeline_(world, tree.above(world.rank()), messenger_, worker, timeouts, timeouts.silence) {
  expect_more(true);
}

void CollectorLoop::work(int threads) {
  serve_with(threads, [this](int thread) { compute(thread); });
  if (broken_) std::rethrow_exception(broken_);
}

void CollectorLoop::asked_to_halt(int rank) {
  lifeline_.send({.kind = Kind::stop_request, .body = bytes_of(rank)});
}

void CollectorLoop::has_lost(int rank) {
  lifeline_.send({.kind = Kind::lost, .body = bytes_of(rank)});
}

void CollectorLoop::go_between(bool is_idle) {
  lifeline_.keep();
  serve_waiting();
  bool wants_task = false;
  ask_pool([&] { wants_task = collector_.wants_task(); });
  // The results first: rank 0 should know them before it hands out the next task.
  send_results();
  if (wants_task && !has_asked_ && !is_exhausted_ && !is_told_to_halt_) {
    has_asked_ = true;
    lifeline_.send({.kind = Kind::request});
  }
  if (!has_told_failure_ && failure()) tell_failure();
  if (is_idle && !has_said_goodbye_) say_goodbye();
}

void CollectorLoop::send_results() {
  std::vector<Bytes> results;
  ask_pool([&] {
    while (std::optional<Bytes> result = collector_.next_result()) {
      expect_sendable(*result);
      results.push_back(std::move(*result));
    }
  });
  for (Bytes& result : results) lifeline_.send({.kind = Kind::result, .body = std::move(result)});
}

void CollectorLoop::say_goodbye() {
  has_said_goodbye_ = true;
  ask_pool([&] { collector_.finish(); });
  send_results();
  if (!has_told_failure_ && failure()) tell_failure();
  reports_.push_back({world_.rank(), worker_.final_report()});
  lifeline_.send({.kind = Kind::goodbye, .body = pack(reports_)});
}

void CollectorLoop::tell_failure() {
  has_told_failure_ = true;
  try {
    std::rethrow_exception(failure());
  } catch (const std::bad_alloc&) {
    lifeline_.send({.kind = Kind::out_of_memory});
  } catch (const std::exception& error) {
    lifeline_.send({.kind = Kind::failure, .body = bytes_of(error.what())});
  }
}

bool CollectorLoop::takes(Message& message) {
  if (message.rank != lifeline_.above()) return false;
  lifeline_.heard();
  switch (message.kind) {
    case Kind::task:
      has_asked_ = false;
      ask_pool([&] { collector_.take_task(std::move(message.body)); });
      expect_more(true);
      break;
    case Kind::no_more:
      is_exhausted_ = true;
      expect_more(false);
      break;
    case Kind::halt:
      is_told_to_halt_ = true;
      halt();
      break;
    case Kind::dismissal:
      is_dismissed_ = true;
      break;
    default:  // alive
      break;
  }
  return true;
}

}  // namespace firesweep
