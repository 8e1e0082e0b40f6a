#include "worker_loop.hpp"

#include <chrono>
#include <exception>
#include <new>
#include <utility>

#include "message.hpp"
#include "start_threads.hpp"

namespace firesweep {
namespace {

// A thread that has short tasks asks for the next one as it begins another, or it would wait as long as it
// works. With long ones it would only keep tasks from threads that are free.
constexpr std::chrono::milliseconds short_task{50};

// Rank 0 should know a result before it hands out the next task, but need not have taken all of a large one.
constexpr std::size_t quickly_sent = 65'536;  // [bytes]

// A rank whose collector is lost is counted out with it, and ended by rank 0, which first saves what is done. It must
// not end all ranks itself before that.
constexpr int without_collector = 3;

}  // namespace

WorkerLoop::WorkerLoop(const World& world, const RankTree& tree, int threads, Worker& worker,
                       Timeouts timeouts)
    : worker_(worker),
      messenger_(world),
      lifeline_(world, tree.above(world.rank()), messenger_, worker, timeouts,
                tree.above(world.rank()) == 0 ? timeouts.silence : without_collector * timeouts.silence),
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
  lifeline_.send({.kind = Kind::goodbye, .body = worker_.final_report()});
  while (!is_dismissed_) serve_round();
}

void WorkerLoop::serve_round() {
  lifeline_.keep();
  if (std::optional<Message> out = outgoing_.take_within(back_off_.pause())) {
    if (out->kind == Kind::goodbye) {
      --employed_;
    } else {
      lifeline_.send(std::move(*out));
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

void WorkerLoop::take_in(Message message) {
  lifeline_.heard();
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
    expect_sendable(result);
    return {.kind = Kind::result, .thread = thread, .body = std::move(result)};
  } catch (const std::bad_alloc&) {
    return {.kind = Kind::out_of_memory, .thread = thread};
  } catch (const std::exception& error) {
    return {.kind = Kind::failure, .thread = thread, .body = bytes_of(error.what())};
  }
}

}  // namespace firesweep
