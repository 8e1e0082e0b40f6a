#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "firesweep/parallel/farm.hpp"

namespace firesweep {

using Bytes = std::vector<std::byte>;

inline Bytes bytes_of(std::uint64_t number) {
  Bytes bytes(sizeof number);
  std::memcpy(bytes.data(), &number, sizeof number);
  return bytes;
}

inline std::uint64_t number_in(std::span<const std::byte> bytes) {
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data(), sizeof number);
  return number;
}

/// For ranks that are lost.
inline constexpr Timeouts short_timeouts{.heartbeat = std::chrono::milliseconds(100),
                                         .silence = std::chrono::milliseconds(1500),
                                         .halt = std::chrono::milliseconds(1500)};

/// Hands out 0 .. tasks - 1 and adds up what comes back. Says halt once `must_halt` does.
class SummingSource final : public TaskSource {
 public:
  explicit SummingSource(std::uint64_t tasks) : tasks_(tasks) {}

  std::optional<Bytes> next_task() override {
    if (handed_out == tasks_) return std::nullopt;
    return bytes_of(handed_out++);
  }
  void take_result(Bytes result) override {
    sum += number_in(result);
    ++results;
  }
  Order tick() override {
    ++ticks;
    return must_halt() ? Order::halt : Order::go_on;
  }
  void asked_to_halt(int rank) override { asking.push_back(rank); }

  std::function<bool()> must_halt = [] { return false; };
  std::uint64_t handed_out = 0;
  std::atomic<std::uint64_t> sum = 0;
  std::atomic<std::uint64_t> results = 0;
  int ticks = 0;
  std::vector<int> asking;  ///< ranks

 private:
  std::uint64_t tasks_;
};

/// Does what it is told, and counts: Catch's assertions are for one thread, so these are looked at later.
class TestWorker final : public Worker {
 public:
  using Task = std::function<Bytes(std::span<const std::byte>)>;

  explicit TestWorker(Task task) : task_(std::move(task)) {}
  /// Before the farm begins.
  void set_task(Task task) { task_ = std::move(task); }

  Bytes perform(int thread, std::span<const std::byte> task) override {
    ++done;
    if (thread > highest_thread) highest_thread = thread;
    return task_(task);
  }
  void waited(int, double seconds) override {
    if (seconds < 0) ++faults;
  }
  void dismissed(int) override { ++dismissals; }
  void halt() override { ++halts; }
  bool wants_halt() override { return wish(); }
  Bytes final_report() override { return bytes_of(done); }

  std::function<bool()> wish = [] { return false; };
  std::atomic<std::uint64_t> done = 0;
  std::atomic<int> highest_thread = 0;
  std::atomic<int> dismissals = 0;
  std::atomic<int> halts = 0;
  std::atomic<int> faults = 0;

 private:
  Task task_;
};

/// A task that ends only because its worker is told to halt: a test would hang if it were not.
inline Bytes work_until_halted(const TestWorker& worker) {
  while (worker.halts == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return bytes_of(1);
}

}  // namespace firesweep
