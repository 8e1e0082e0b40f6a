#include "worker_loop.hpp"

#include <chrono>
#include <exception>
#include <limits>
#include <new>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "communicator.hpp"
#include "message.hpp"
#include "start_threads.hpp"

namespace firesweep {
namespace {

// A thread that has short tasks asks for the next one as it begins another, or it would wait as long as it
// works. With long ones it would only keep tasks from threads that are free.
constexpr std::chrono::milliseconds short_task{50};

// Rank 0 should know a result before it hands out the next task, but need not have taken all of a large one.
constexpr std::size_t quickly_sent = 65'536;  // [bytes]

}  // namespace

WorkerLoop::WorkerLoop(const World& world, int threads, Worker& worker, Timeouts timeouts)
    : world_(world),
      worker_(worker),
      timeouts_(timeouts),
      messenger_(world),
      watch_(1, timeouts.heartbeat),
      tasks_(static_cast<std::size_t>(threads)) {}

void WorkerLoop::work() {
  {
    const auto started =
        start_threads(static_cast<int>(tasks_.size()), [this](int thread) { compute(thread); });
    employed_ = started.size();
    try {
      while (employed_ > 0) serve_round();
    } catch (...) {
      abandon();
      throw;
    }
  }
  send_out({.kind = Kind::goodbye, .body = worker_.final_report()});
  while (!is_dismissed_) serve_round();
}

void WorkerLoop::serve_round() {
  watch_.listen();
  if (SilenceClock::Clock::now() >= next_check_) {
    check_ranks();
    next_check_ = SilenceClock::Clock::now() + std::chrono::milliseconds(100);
  }
  if (watch_.now() - last_sent_ >= timeouts_.heartbeat) send_out({.kind = Kind::alive});
  if (std::optional<Message> out = outgoing_.take_within(back_off_.pause())) {
    if (out->kind == Kind::goodbye) {
      --employed_;
    } else {
      send_out(std::move(*out));
    }
    back_off_.reset();
  }
  while (!is_dismissed_) {
    std::optional<Message> in = messenger_.receive();
    if (!in) break;
    take_in(std::move(*in));
    back_off_.reset();
  }
}

void WorkerLoop::check_ranks() {
  if (!has_requested_stop_ && worker_.wants_halt()) {
    has_requested_stop_ = true;
    send_out({.kind = Kind::stop_request});
  }
  expect_communication(world_);
  if (!orphaned_ && world_.is_orphaned()) orphaned_ = watch_.now();
  if (orphaned_ && watch_.now() - *orphaned_ > timeouts_.halt)
    throw RootLost("the launcher is dead, and rank 0 has not ended the work");
  // Before it serves the farm, rank 0 may have much to do.
  if (has_met_root_ && watch_.silence_of(0) > timeouts_.silence) {
    throw RootLost(fmt::format("rank 0 has not been heard of for {} s",
                               std::chrono::duration<double>(watch_.silence_of(0)).count()));
  }
}

void WorkerLoop::take_in(Message message) {
  watch_.heard(0);
  has_met_root_ = true;
  switch (message.kind) {
    case Kind::task:
      return tasks_[static_cast<std::size_t>(message.thread)].post(std::move(message.body));
    case Kind::no_more:
      return tasks_[static_cast<std::size_t>(message.thread)].post(std::nullopt);
    case Kind::halt:
      return worker_.halt();
    case Kind::dismissal:
      is_dismissed_ = true;
      return;
    default:  // alive
      return;
  }
}

void WorkerLoop::send_out(Message message) {
  last_sent_ = watch_.now();
  messenger_.send(std::move(message));
}

// Has the threads return without rank 0.
void WorkerLoop::abandon() {
  worker_.halt();
  for (auto& tasks : tasks_) tasks.post(std::nullopt);
}

void WorkerLoop::compute(int thread) {
  const Message request{.kind = Kind::request, .thread = thread};
  outgoing_.post(request);
  bool is_next_asked_for = false;
  for (;;) {
    const SilenceClock::Clock::time_point asked = SilenceClock::Clock::now();
    const std::optional<Bytes> task = tasks_[static_cast<std::size_t>(thread)].take();
    worker_.waited(thread, seconds_since(asked));
    if (!task) break;
    if (is_next_asked_for) outgoing_.post(request);
    const SilenceClock::Clock::time_point start = SilenceClock::Clock::now();
    Message outcome = attempt(thread, *task);
    const bool is_quickly_sent = outcome.body.size() <= quickly_sent;
    if (!is_quickly_sent && !is_next_asked_for) outgoing_.post(request);
    outgoing_.post(std::move(outcome));
    if (is_quickly_sent && !is_next_asked_for) outgoing_.post(request);
    is_next_asked_for = SilenceClock::Clock::now() - start < short_task;
  }
  worker_.dismissed(thread);
  outgoing_.post({.kind = Kind::goodbye, .thread = thread});
}

Message WorkerLoop::attempt(int thread, const Bytes& task) {
  try {
    Bytes result = worker_.perform(thread, task);
    if (result.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
      throw std::length_error(
          "a result of over 2 GiB cannot be sent to rank 0; use one rank with more threads, fewer "
          "outputs per cell or a smaller landscape");
    return {.kind = Kind::result, .thread = thread, .body = std::move(result)};
  } catch (const std::bad_alloc&) {
    return {.kind = Kind::out_of_memory, .thread = thread};
  } catch (const std::exception& error) {
    return {.kind = Kind::failure, .thread = thread, .body = bytes_of(error.what())};
  }
}

}  // namespace firesweep
