#include "serving_loop.hpp"

#include <algorithm>
#include <chrono>
#include <new>
#include <stdexcept>
#include <utility>

#include "back_off.hpp"
#include "start_threads.hpp"

namespace firesweep {

ServingLoop::ServingLoop(const World& world, std::vector<int> below, TaskPool& pool, Worker& worker,
                         Timeouts timeouts)
    : world_(world),
      worker_(worker),
      timeouts_(timeouts),
      messenger_(world),
      below_(std::move(below)),
      pool_(pool),
      watch_(world.size(), timeouts.heartbeat),
      states_(static_cast<std::size_t>(world.size()), RankState::here),
      away_(below_.size()) {}

void ServingLoop::serve_with(int threads, const std::function<void(int)>& part) {
  const auto started = start_threads(threads, [this, &part](int thread) {
    try {
      part(thread);
    } catch (...) {
      fail(std::current_exception());
    }
    done_.post({});
  });
  try {
    serve(started.size());
  } catch (...) {
    broken_ = std::current_exception();
    fail(broken_);
    worker_.halt();
    nothing_will_come();
  }
}

// Answers the ranks below until all have left or are lost, and the own threads are done.
void ServingLoop::serve(std::size_t working) {
  const bool has_company = world_.size() > 1;
  tell_all(Kind::alive, RankState::here);
  BackOff back_off;
  auto next_check = SilenceClock::Clock::now();
  bool may_come = true;
  while (working > 0 || away_ > 0 || !may_end()) {
    watch_.listen();
    if (SilenceClock::Clock::now() >= next_check) {
      check_ranks();
      next_check = SilenceClock::Clock::now() + std::chrono::milliseconds(100);
    }
    if (away_ == 0 && std::exchange(may_come, false)) nothing_will_come();
    go_between(working == 0 && away_ == 0);
    if (std::optional<Message> message = has_company ? messenger_.receive() : std::nullopt) {
      if (!takes(*message)) answer(std::move(*message));
      back_off.reset();
    } else if (done_.take_within(has_company ? back_off.pause() : std::chrono::milliseconds(100))) {
      --working;
    }
  }
  // Only now, so that nobody can begin another farm while this one is served.
  tell_all(Kind::dismissal, RankState::left);
  if (has_company) messenger_.flush(timeouts_.halt);
}

void ServingLoop::check_ranks() {
  if (is_told_to_halt() || failure()) halt();
  look_for_lost();
}

void ServingLoop::halt() {
  if (is_halted_) return;
  {
    const std::lock_guard lock(mutex_);
    is_halted_ = true;
  }
  changed_.notify_all();
  last_delivery_ = watch_.now();
  worker_.halt();
  tell_all(Kind::halt, RankState::here);
  serve_waiting();
}

void ServingLoop::look_for_lost() {
  const bool has_halted_too_long = is_halted_ && watch_.now() - last_delivery_ > timeouts_.halt;
  for (const int rank : below_) {
    if (state_of(rank) != RankState::here) continue;
    if (!world_.can_communicate() || has_halted_too_long || watch_.silence_of(rank) > timeouts_.silence)
      lose(rank);
  }
}

void ServingLoop::lose(int rank) {
  state_of(rank) = RankState::lost;
  --away_;
  messenger_.forget(rank);
  std::erase_if(waiting_, [rank](const Message& request) { return request.rank == rank; });
  has_lost(rank);
  halt();
}

void ServingLoop::answer(Message message) {
  if (state_of(message.rank) == RankState::lost) return;  // it has been counted out
  watch_.heard(message.rank);
  if (message.kind != Kind::alive) last_delivery_ = watch_.now();
  switch (message.kind) {
    case Kind::request:
      waiting_.push_back(std::move(message));
      return serve_waiting();
    case Kind::result:
      return has_come(std::move(message.body));
    case Kind::failure:
      return fail(std::make_exception_ptr(std::runtime_error(text_of(message.body))));
    case Kind::out_of_memory:
      return fail(std::make_exception_ptr(std::bad_alloc()));
    case Kind::stop_request:
      return asked_to_halt(rank_in(message.body));
    case Kind::lost:
      has_lost(rank_in(message.body));
      return halt();
    case Kind::goodbye:
      reports_.push_back({message.rank, std::move(message.body)});
      state_of(message.rank) = RankState::left;
      --away_;
      return;
    default:  // alive
      return messenger_.send(std::move(message));
  }
}

void ServingLoop::serve_waiting() {
  while (!waiting_.empty()) {
    std::optional<Bytes> next = next_task(Patience::none);
    if (!next && may_get_more()) return;
    Message& message = waiting_.front();
    message.kind = next ? Kind::task : Kind::no_more;
    message.body = std::move(next).value_or(Bytes{});
    messenger_.send(std::move(message));
    waiting_.pop_front();
  }
}

void ServingLoop::tell_all(Kind kind, RankState to) {
  for (const int rank : below_)
    if (state_of(rank) == to) messenger_.send({.rank = rank, .kind = kind});
}

void ServingLoop::take_result(Bytes result) {
  try {
    pool_.take_result(std::move(result));
  } catch (...) {
    fail(std::current_exception());
  }
}

void ServingLoop::compute(int thread) {
  for (;;) {
    const SilenceClock::Clock::time_point asked = SilenceClock::Clock::now();
    const std::optional<Bytes> next = next_task(Patience::waits);
    worker_.waited(thread, seconds_since(asked));
    if (!next) break;
    take_result(worker_.perform(thread, *next));
  }
  worker_.dismissed(thread);
}

// Nothing if there is none left, or the work is to end; without patience also if there is none yet.
std::optional<Bytes> ServingLoop::next_task(Patience patience) {
  try {
    std::unique_lock lock(mutex_);
    for (;;) {
      if (is_halted_ || failure_) return std::nullopt;
      std::optional<Bytes> task = pool_.next_task();
      if (task || patience == Patience::none || !may_get_more_) return task;
      changed_.wait(lock);
    }
  } catch (...) {
    fail(std::current_exception());
  }
  return std::nullopt;
}

bool ServingLoop::may_get_more() {
  const std::lock_guard lock(mutex_);
  return may_get_more_ && !is_halted_ && !failure_;
}

void ServingLoop::expect_more(bool may_get_more) {
  {
    const std::lock_guard lock(mutex_);
    may_get_more_ = may_get_more;
  }
  changed_.notify_all();
}

std::exception_ptr ServingLoop::failure() {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void ServingLoop::fail(std::exception_ptr cause) {
  {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(cause);
  }
  changed_.notify_all();
}

}  // namespace firesweep
