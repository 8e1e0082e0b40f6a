#include "firesweep/job/stop_signals.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <ctime>

#include <unistd.h>

namespace firesweep {
namespace {

/// A way to ask a job to end.
struct StopSignal {
  int number;
  const char* name;
  bool asks_to_leave;  // else a warning ahead of the end, however often it comes
};

constexpr std::array caught = {
    StopSignal{SIGINT, "SIGINT", true},    StopSignal{SIGTERM, "SIGTERM", true},
    StopSignal{SIGHUP, "SIGHUP", true},    StopSignal{SIGUSR1, "SIGUSR1", false},
    StopSignal{SIGUSR2, "SIGUSR2", false}, StopSignal{SIGXCPU, "SIGXCPU", false},
};

const StopSignal* found(int number) {
  const auto* const signal = std::ranges::find(caught, number, &StopSignal::number);
  return signal == caught.end() ? nullptr : signal;
}

// Signal handlers can reach nothing but what is global.
std::atomic<int> first_signal = 0;
constexpr std::int64_t never = 0;
std::atomic<std::int64_t> asked_to_leave = never;  // when a signal that does first came [ns]
std::array<struct sigaction, caught.size()> actions_before;

static_assert(std::atomic<int>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free);

std::int64_t now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

void take(int signal) {
  constexpr std::int64_t second = 1'000'000'000;
  int none = 0;
  first_signal.compare_exchange_strong(none, signal);
  if (!found(signal)->asks_to_leave) return;
  std::int64_t first = never;
  if (!asked_to_leave.compare_exchange_strong(first, now()) && now() - first > second)
    ::_exit(interrupted_exit_code);
}

}  // namespace

StopSignals::StopSignals() {
  first_signal = 0;
  asked_to_leave = never;
  struct sigaction action {};
  action.sa_handler = take;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < caught.size(); ++i) {
    const int number = caught[i].number;
    ::sigaction(number, nullptr, &actions_before[i]);
    const bool outlives_terminal =
        number == SIGHUP && actions_before[i].sa_handler == SIG_IGN;  // under nohup
    if (!outlives_terminal) ::sigaction(number, &action, nullptr);
  }
}

StopSignals::~StopSignals() {
  for (std::size_t i = 0; i < caught.size(); ++i) ::sigaction(caught[i].number, &actions_before[i], nullptr);
}

std::optional<std::string> StopSignals::received() {
  const StopSignal* const signal = found(first_signal.load());
  return signal == nullptr ? std::nullopt : std::optional<std::string>(signal->name);
}

void StopSignals::ignore() {
  for (const StopSignal& signal : caught) std::signal(signal.number, SIG_IGN);
}

bool StopSignals::is_told_to_leave() {
  return asked_to_leave != never;
}

}  // namespace firesweep
