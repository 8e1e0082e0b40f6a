#include "content/workers.hpp"

#include <exception>

namespace firesweep {

Workers::Workers(unsigned threads) {
  threads_.reserve(threads);
  try {
    for (unsigned number = 1; number < threads; ++number)
      threads_.emplace_back([this, number] { work(number); });
  } catch (const std::exception&) {
    // The system gives no more of them, or no memory for one; those that there are do it.
  }
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
    tasks_.clear();
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Workers::add(Task task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  changed_.notify_one();
}

void Workers::keep_up() {
  while (work_once(threads_.size())) continue;
}

bool Workers::work_once(std::size_t waiting) {
  Task task;
  {
    const std::lock_guard lock(mutex_);
    if (tasks_.size() <= waiting) return false;
    task = std::move(tasks_.front());
    tasks_.pop_front();
  }
  task(0);
  return true;
}

void Workers::work(std::size_t number) {
  for (;;) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return is_ending_ || !tasks_.empty(); });
      if (is_ending_) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    task(number);
  }
}

}  // namespace firesweep
