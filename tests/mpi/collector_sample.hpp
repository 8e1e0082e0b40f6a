#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "farm_sample.hpp"

namespace firesweep {

/// Makes `parts` tasks of each that rank 0 gives it, all the same, and adds up what comes back of them.
class SummingCollector final : public Collector {
 public:
  static constexpr std::uint64_t parts = 3;

  std::optional<Bytes> next_task() override {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) return std::nullopt;
    const std::uint64_t task = waiting_.back();
    waiting_.pop_back();
    return bytes_of(task);
  }
  void take_result(Bytes result) override {
    const std::lock_guard lock(mutex_);
    sum_ += number_in(result);
    if (++results_ % parts == 0) give_sum();
  }
  bool wants_task() override {
    const std::lock_guard lock(mutex_);
    return waiting_.size() < parts;
  }
  void take_task(Bytes task) override {
    const std::lock_guard lock(mutex_);
    ++taken;
    waiting_.insert(waiting_.end(), parts, number_in(task));
  }
  std::optional<Bytes> next_result() override {
    const std::lock_guard lock(mutex_);
    if (sums_.empty()) return std::nullopt;
    const std::uint64_t sum = sums_.back();
    sums_.pop_back();
    return bytes_of(sum);
  }
  void finish() override {
    const std::lock_guard lock(mutex_);
    if (results_ % parts != 0) give_sum();
  }

  std::uint64_t taken = 0;

 private:
  void give_sum() {
    sums_.push_back(sum_);
    sum_ = 0;
  }

  std::mutex mutex_;
  std::vector<std::uint64_t> waiting_;
  std::uint64_t sum_ = 0;
  std::uint64_t results_ = 0;
  std::vector<std::uint64_t> sums_;
};

}  // namespace firesweep
