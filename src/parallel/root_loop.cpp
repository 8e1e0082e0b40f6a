#include "root_loop.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "back_off.hpp"
#include "message.hpp"
#include "start_threads.hpp"

namespace firesweep {

RootLoop::RootLoop(const World& world, TaskSource& source, Worker& worker, Timeouts timeouts)
    : world_(world),
      ranks_(world.size()),
      source_(source),
      worker_(worker),
      timeouts_(timeouts),
      messenger_(world),
      watch_(world.size(), timeouts.heartbeat),
      states_(static_cast<std::size_t>(world.size()), RankState::here),
      away_(world.size() - 1) {
  end_.final_reports.resize(static_cast<std::size_t>(world.size()));
}

FarmEnd RootLoop::work(int threads) {
  {
    const auto started = start_threads(threads, [this](int thread) { compute(thread); });
    try {
      serve(started.size());
    } catch (...) {
      fail(std::current_exception());
      worker_.halt();
    }
  }
  if (failure_) std::rethrow_exception(failure_);
  source_.tick();
  std::sort(end_.lost.begin(), end_.lost.end());
  end_.final_reports.front() = worker_.final_report();
  return std::move(end_);
}

// Answers the other ranks until all have left or are lost, and the own threads are done.
void RootLoop::serve(std::size_t working) {
  tell_all(Kind::alive, RankState::here);
  BackOff back_off;
  auto next_check = SilenceClock::Clock::now();
  while (working > 0 || away_ > 0) {
    watch_.listen();
    if (SilenceClock::Clock::now() >= next_check) {
      check_ranks();
      next_check = SilenceClock::Clock::now() + std::chrono::milliseconds(100);
    }
    if (std::optional<Message> message = ranks_ > 1 ? messenger_.receive() : std::nullopt) {
      answer(std::move(*message));
      back_off.reset();
    } else if (done_.take_within(ranks_ > 1 ? back_off.pause() : std::chrono::milliseconds(100))) {
      --working;
    }
  }
  // Only now, so that nobody can begin another farm while this one is served.
  tell_all(Kind::dismissal, RankState::left);
  if (ranks_ > 1) messenger_.flush(timeouts_.halt);
}

void RootLoop::check_ranks() {
  const bool is_wanted = must_halt();
  if (is_wanted && !is_halted_) halt();
  look_for_lost();
}

bool RootLoop::must_halt() {
  bool is_ordered = false;
  ask_source([&] { is_ordered = source_.tick() == TaskSource::Order::halt; });
  const std::lock_guard lock(mutex_);
  return is_ordered || failure_;
}

void RootLoop::halt() {
  {
    const std::lock_guard lock(mutex_);
    is_halted_ = true;
  }
  last_delivery_ = watch_.now();
  worker_.halt();
  tell_all(Kind::halt, RankState::here);
}

void RootLoop::look_for_lost() {
  const bool has_halted_too_long = is_halted_ && watch_.now() - last_delivery_ > timeouts_.halt;
  for (int rank = 1; rank < ranks_; ++rank) {
    if (state_of(rank) != RankState::here) continue;
    if (!world_.can_communicate() || has_halted_too_long || watch_.silence_of(rank) > timeouts_.silence)
      lose(rank);
  }
}

void RootLoop::lose(int rank) {
  state_of(rank) = RankState::lost;
  end_.lost.push_back(rank);
  --away_;
  messenger_.forget(rank);
  if (!is_halted_) halt();
}

void RootLoop::answer(Message message) {
  if (state_of(message.rank) == RankState::lost) return;  // it has been counted out
  watch_.heard(message.rank);
  if (message.kind != Kind::alive) last_delivery_ = watch_.now();
  switch (message.kind) {
    case Kind::request: {
      std::optional<Bytes> next = next_task();
      message.kind = next ? Kind::task : Kind::no_more;
      message.body = std::move(next).value_or(Bytes{});
      return messenger_.send(std::move(message));
    }
    case Kind::result:
      return take_result(std::move(message.body));
    case Kind::failure:
      return fail(std::make_exception_ptr(std::runtime_error(text_of(message.body))));
    case Kind::out_of_memory:
      return fail(std::make_exception_ptr(std::bad_alloc()));
    case Kind::stop_request:
      return ask_source([&] { source_.asked_to_halt(message.rank); });
    case Kind::goodbye:
      end_.final_reports[static_cast<std::size_t>(message.rank)] = std::move(message.body);
      state_of(message.rank) = RankState::left;
      --away_;
      return;
    default:  // alive
      return messenger_.send(std::move(message));
  }
}

void RootLoop::tell_all(Kind kind, RankState to) {
  for (int rank = 1; rank < ranks_; ++rank)
    if (state_of(rank) == to) messenger_.send({.rank = rank, .kind = kind});
}

void RootLoop::compute(int thread) {
  try {
    for (;;) {
      const SilenceClock::Clock::time_point asked = SilenceClock::Clock::now();
      const std::optional<Bytes> next = next_task();
      worker_.waited(thread, seconds_since(asked));
      if (!next) break;
      take_result(worker_.perform(thread, *next));
    }
    worker_.dismissed(thread);
  } catch (...) {
    fail(std::current_exception());
  }
  done_.post({});
}

std::optional<Bytes> RootLoop::next_task() {
  std::optional<Bytes> task;
  ask_source([&] {
    if (!is_halted_ && !failure_) task = source_.next_task();
  });
  return task;
}

void RootLoop::take_result(Bytes bytes) {
  ask_source([&] { source_.take_result(std::move(bytes)); });
}

// What the source throws must not keep the main thread from serving the others.
template <typename Call>
void RootLoop::ask_source(const Call& call) {
  try {
    const std::lock_guard lock(mutex_);
    call();
  } catch (...) {
    fail(std::current_exception());
  }
}

void RootLoop::fail(std::exception_ptr cause) {
  const std::lock_guard lock(mutex_);
  if (!failure_) failure_ = std::move(cause);
}

}  // namespace firesweep
