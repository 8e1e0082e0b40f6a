#include "headquarters.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "back_off.hpp"
#include "crew.hpp"
#include "message.hpp"

namespace firesweep {

Headquarters::Headquarters(int ranks, Foreman& foreman, Worker& worker, Patience patience)
    : ranks_(ranks),
      foreman_(foreman),
      worker_(worker),
      patience_(patience),
      watch_(ranks, patience.heartbeat),
      whereabouts_(static_cast<std::size_t>(ranks), Whereabouts::here),
      away_(ranks - 1) {
  end_.farewells.resize(static_cast<std::size_t>(ranks));
}

FarmEnd Headquarters::work(int threads) {
  {
    const auto crew = start_crew(threads, [this](int thread) { compute(thread); });
    try {
      serve(crew.size());
    } catch (...) {
      fail(std::current_exception());
      worker_.halt();
    }
  }
  if (failure_) std::rethrow_exception(failure_);
  foreman_.tick();
  std::sort(end_.lost.begin(), end_.lost.end());
  end_.farewells.front() = worker_.farewell();
  return std::move(end_);
}

// Answers the other ranks until all have left or are lost, and the own threads are done.
void Headquarters::serve(std::size_t working) {
  tell_all(Kind::alive, Whereabouts::here);
  BackOff back_off;
  auto next_look = Watch::Clock::now();
  while (working > 0 || away_ > 0) {
    watch_.listen();
    if (Watch::Clock::now() >= next_look) {
      look_around();
      next_look = Watch::Clock::now() + std::chrono::milliseconds(100);
    }
    if (std::optional<Message> message = ranks_ > 1 ? post_.receive() : std::nullopt) {
      answer(std::move(*message));
      back_off.reset();
    } else if (done_.take_within(ranks_ > 1 ? back_off.pause() : std::chrono::milliseconds(100))) {
      --working;
    }
  }
  // Only now, so that nobody can begin another farm while this one is served.
  tell_all(Kind::dismissal, Whereabouts::left);
  if (ranks_ > 1) post_.see_off(patience_.halt);
}

void Headquarters::look_around() {
  const bool is_wanted = must_halt();
  if (is_wanted && !is_halted_) halt();
  look_for_lost();
}

bool Headquarters::must_halt() {
  bool is_ordered = false;
  ask_foreman([&] { is_ordered = foreman_.tick() == Foreman::Order::halt; });
  const std::lock_guard lock(mutex_);
  return is_ordered || failure_;
}

void Headquarters::halt() {
  {
    const std::lock_guard lock(mutex_);
    is_halted_ = true;
  }
  last_delivery_ = watch_.now();
  worker_.halt();
  tell_all(Kind::halt, Whereabouts::here);
}

void Headquarters::look_for_lost() {
  const bool has_halted_too_long = is_halted_ && watch_.now() - last_delivery_ > patience_.halt;
  for (int rank = 1; rank < ranks_; ++rank) {
    if (whereabouts(rank) != Whereabouts::here) continue;
    if (has_halted_too_long || watch_.silence_of(rank) > patience_.silence) lose(rank);
  }
}

void Headquarters::lose(int rank) {
  whereabouts(rank) = Whereabouts::lost;
  end_.lost.push_back(rank);
  --away_;
  post_.write_off(rank);
  if (!is_halted_) halt();
}

void Headquarters::answer(Message message) {
  if (whereabouts(message.rank) == Whereabouts::lost) return;  // it has been counted out
  watch_.heard(message.rank);
  if (message.kind != Kind::alive) last_delivery_ = watch_.now();
  switch (message.kind) {
    case Kind::request: {
      std::optional<Bytes> next = next_task();
      message.kind = next ? Kind::task : Kind::no_more;
      message.body = std::move(next).value_or(Bytes{});
      return post_.send(std::move(message));
    }
    case Kind::result:
      return take_result(std::move(message.body));
    case Kind::failure:
      return fail(std::make_exception_ptr(std::runtime_error(text_of(message.body))));
    case Kind::plea:
      return ask_foreman([&] { foreman_.asked_to_halt(message.rank); });
    case Kind::goodbye:
      end_.farewells[static_cast<std::size_t>(message.rank)] = std::move(message.body);
      whereabouts(message.rank) = Whereabouts::left;
      --away_;
      return;
    default:  // alive
      return post_.send(std::move(message));
  }
}

void Headquarters::tell_all(Kind kind, Whereabouts to) {
  for (int rank = 1; rank < ranks_; ++rank)
    if (whereabouts(rank) == to) post_.send({.rank = rank, .kind = kind});
}

void Headquarters::compute(int thread) {
  try {
    for (;;) {
      const Watch::Clock::time_point asked = Watch::Clock::now();
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

std::optional<Bytes> Headquarters::next_task() {
  std::optional<Bytes> task;
  ask_foreman([&] {
    if (!is_halted_ && !failure_) task = foreman_.next_task();
  });
  return task;
}

void Headquarters::take_result(Bytes bytes) {
  ask_foreman([&] { foreman_.take_result(std::move(bytes)); });
}

// What the foreman throws must not keep the main thread from serving the others.
template <typename Call>
void Headquarters::ask_foreman(const Call& call) {
  try {
    const std::lock_guard lock(mutex_);
    call();
  } catch (...) {
    fail(std::current_exception());
  }
}

void Headquarters::fail(std::exception_ptr cause) {
  const std::lock_guard lock(mutex_);
  if (!failure_) failure_ = std::move(cause);
}

}  // namespace firesweep
