#include "lifeline.hpp"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "communicator.hpp"

namespace firesweep {

Lifeline::Lifeline(const World& world, int above, Messenger& messenger, Worker& worker, Timeouts timeouts,
                   SilenceClock::Clock::duration silence)
    : world_(world),
      above_(above),
      messenger_(messenger),
      worker_(worker),
      timeouts_(timeouts),
      longest_silence_(silence),
      watch_(1, timeouts.heartbeat) {}

void Lifeline::send(Message message) {
  last_sent_ = watch_.now();
  message.rank = above_;
  messenger_.send(std::move(message));
}

void Lifeline::heard() {
  watch_.heard(0);
  has_met_ = true;
}

void Lifeline::keep() {
  watch_.listen();
  if (SilenceClock::Clock::now() >= next_check_) {
    check();
    next_check_ = SilenceClock::Clock::now() + std::chrono::milliseconds(100);
  }
  if (watch_.now() - last_sent_ >= timeouts_.heartbeat) send({.kind = Kind::alive});
}

void Lifeline::check() {
  if (!has_requested_stop_ && worker_.wants_halt()) {
    has_requested_stop_ = true;
    send({.kind = Kind::stop_request, .body = bytes_of(world_.rank())});
  }
  expect_communication(world_);
  if (!orphaned_ && world_.is_orphaned()) orphaned_ = watch_.now();
  if (orphaned_ && watch_.now() - *orphaned_ > timeouts_.halt)
    throw RootLost("the launcher is dead, and rank 0 has not ended the work");
  // Before it serves the farm, it may have much to do.
  if (has_met_ && watch_.silence_of(0) > longest_silence_) {
    throw RootLost(fmt::format("rank {} has not been heard of for {} s", above_,
                               std::chrono::duration<double>(watch_.silence_of(0)).count()));
  }
}

}  // namespace firesweep
