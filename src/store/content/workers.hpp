#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace firesweep {

/// Threads that compress, decompress and hash. Whoever owns them is one of them whenever it waits for a result,
/// and the only one that calls HDF5. They end with their owner: after a fork there would be none.
class Workers {
 public:
  /// `threads` count the owner's, at least 1.
  explicit Workers(unsigned threads);
  /// Drops what has not begun.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  std::size_t size() const { return threads_.size() + 1; }

  /// Has task(number) called by one of them, number 0 ... size() - 1, earlier tasks first.
  template <class Task>
  auto start(Task task) {
    using Result = std::invoke_result_t<Task&, std::size_t>;
    // Not a packaged_task, whose result keeps the task and all that it holds.
    auto promise = std::make_shared<std::promise<Result>>();
    std::shared_future<Result> result = promise->get_future().share();
    add([promise = std::move(promise), task = std::move(task)](std::size_t number) mutable {
      try {
        if constexpr (std::is_void_v<Result>) {
          task(number);
          promise->set_value();
        } else {
          promise->set_value(task(number));
        }
      } catch (...) {
        promise->set_exception(std::current_exception());
      }
    });
    return result;
  }

  /// Works until the result is there, and returns it, or throws what its task threw.
  template <class Result>
  decltype(auto) result_of(const std::shared_future<Result>& result) {
    while (result.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
      if (!work_once()) result.wait();
    return result.get();
  }

  /// Works as long as more tasks wait than there are threads: each holds what it works on in memory.
  void keep_up();

 private:
  using Task = std::function<void(std::size_t)>;

  void add(Task task);
  /// Does the next task as number 0; false if there are no more than that waiting.
  bool work_once(std::size_t waiting = 0);
  void work(std::size_t number);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_;
  bool is_ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace firesweep
