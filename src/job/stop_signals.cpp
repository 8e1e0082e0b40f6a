#include "firesweep/job/stop_signals.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <ctime>

#include <unistd.h>

namespace firesweep {
namespace {

constexpr std::array caught = {SIGINT, SIGTERM, SIGUSR1};

// Signal handlers can reach nothing but what is global.
std::atomic<int> first_signal = 0;
constexpr std::int64_t never = 0;
std::atomic<std::int64_t> asked_to_leave = never;  // when SIGINT or SIGTERM first came [ns]
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
  if (signal == SIGUSR1) return;  // a warning ahead of the end, however often it comes
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
  for (std::size_t i = 0; i < caught.size(); ++i) ::sigaction(caught[i], &action, &actions_before[i]);
}

StopSignals::~StopSignals() {
  for (std::size_t i = 0; i < caught.size(); ++i) ::sigaction(caught[i], &actions_before[i], nullptr);
}

std::optional<std::string> StopSignals::received() {
  switch (first_signal.load()) {
    case SIGINT:
      return "SIGINT";
    case SIGTERM:
      return "SIGTERM";
    case SIGUSR1:
      return "SIGUSR1";
    default:
      return std::nullopt;
  }
}

bool StopSignals::is_told_to_leave() {
  return asked_to_leave != never;
}

}  // namespace firesweep
