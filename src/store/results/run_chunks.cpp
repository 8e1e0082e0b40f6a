#include "firesweep/store/run_chunks.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <deque>
#include <exception>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "content/early_datasets.hpp"
#include "content/group_writer.hpp"
#include "content/spare_bytes.hpp"
#include "content/workers.hpp"
#include "results/run_arrays.hpp"

namespace firesweep {
namespace {

/// Of all arrays of runs.
hdf5::Shape shape_of_runs(const Plan& plan) {
  hdf5::Shape shape;
  for (std::size_t axis = 0; axis < plan.shape().axes(); ++axis) shape.push_back(plan.shape().length(axis));
  shape.push_back(plan.seeds());
  return shape;
}

}  // namespace

class RunChunks::Work {
 public:
  Work(const Plan& plan, const std::function<void()>& begin)
      : shape_(shape_of_runs(plan)), chunk_(chunk_of(shape_, {})) {
    if (!is_in_chunks(shape_)) return;
    for_each_run_array(plan.experiment(), [&]<class T>(const Array<T>& array, const auto& set) {
      if (!is_in_file(array, plan.experiment())) return;
      const std::string name(array.name);
      arrays_.push_back({name, sizeof(T), [set](const RunRows& runs, std::byte* column) {
                           set(runs, std::span(reinterpret_cast<T*>(column), runs.size()));
                         }});
      early_.by_name.emplace(name,
                             EarlyDataset{shape_, {}, DatasetHash(name, hdf5::element_of<T>(), shape_), 0});
    });
    for (hsize_t first = 0; first < hdf5::product(shape_);) {
      const std::size_t runs = hdf5::product(hdf5::piece_at(first, shape_, chunk_).count);
      stretches_.push_back({first, runs});
      first += runs;
    }
    workers_.emplace(2);  // whoever merges never waits, so one of them works
    workers_->start([begin](std::size_t) { begin(); });
  }

  void look_at(const Results& results, std::size_t first, std::size_t count) {
    const bool is_complete = results.runs_ok() + results.runs_failed() == results.plan().runs();
    if (!workers_ || is_complete) return;  // at the end all threads write
    auto stretch = std::prev(std::ranges::upper_bound(stretches_, first, {}, &Stretch::first));
    for (; stretch != stretches_.end() && stretch->first < first + count; ++stretch) {
      if (stretch->is_known ||
          results.records().rows(stretch->first, stretch->runs).count(RunStatus::missing) > 0)
        continue;
      stretch->is_known = true;
      known_.push_back(static_cast<std::size_t>(stretch - stretches_.begin()));
    }
    start_some(results);
  }

  void finish() { workers_.reset(); }

  EarlyDatasets early() const {
    const std::lock_guard lock(mutex_);
    return early_;
  }

 private:
  struct RunArray {
    std::string name;
    std::size_t element_size;
    std::function<void(const RunRows& runs, std::byte* column)> set;
  };

  /// Runs that make a chunk of each array.
  struct Stretch {
    std::size_t first;
    std::size_t runs;
    bool is_known = false;  // to the last of its runs
  };

  /// The results may change as soon as this returns, so what is needed of them is copied.
  void start_some(const Results& results) {
    constexpr std::size_t most_copies = 8;
    for (; !known_.empty() && copies_ < most_copies; known_.pop_front()) {
      const std::size_t number = known_.front();
      auto records = std::make_shared<RunColumns>(stretches_[number].runs);
      records->set(0, results.records().rows(stretches_[number].first, stretches_[number].runs));
      ++copies_;
      workers_->start([this, number, records = std::move(records)](std::size_t) {
        try {
          for (const RunArray& array : arrays_) compress(array, number, *records);
        } catch (const std::exception&) {
          // Of memory, say. Whoever writes the file comes to it again, and tells.
        }
        --copies_;
      });
    }
  }

  void compress(const RunArray& array, std::size_t number, const RunColumns& records) {
    const std::size_t size = hdf5::product(chunk_) * array.element_size;
    const std::size_t length = records.size() * array.element_size;
    const auto bytes = spare_.take(size);
    array.set(records, bytes.get());
    std::memset(bytes.get() + length, 0, size - length);
    auto encoded = encoder_.encode(bytes, size, array.element_size, spare_);
    const std::lock_guard lock(mutex_);
    EarlyDataset& dataset = early_.by_name.at(array.name);
    dataset.chunks.emplace(number, std::move(encoded));
    for (auto next = dataset.chunks.find(dataset.hashed); next != dataset.chunks.end();
         next = dataset.chunks.find(++dataset.hashed)) {
      const SharedBytes known =
          next->first == number ? bytes : encoder_.decode(*next->second, size, array.element_size, spare_);
      dataset.hash.add(std::span(known.get(), stretches_[next->first].runs * array.element_size));
    }
  }

  hdf5::Shape shape_;
  hdf5::Shape chunk_;
  std::vector<RunArray> arrays_;
  std::vector<Stretch> stretches_;
  std::deque<std::size_t> known_;  // stretches of which no copy has been made yet
  std::atomic<std::size_t> copies_ = 0;
  SpareBytes spare_;
  VerifiedEncoder encoder_;  // of the one thread that works
  mutable std::mutex mutex_;
  EarlyDatasets early_;
  std::optional<Workers> workers_;  // ends before what its tasks use
};

RunChunks::RunChunks(const Plan& plan, const std::function<void()>& begin)
    : work_(std::make_unique<Work>(plan, begin)) {}
RunChunks::~RunChunks() = default;

void RunChunks::look_at(const Results& results, std::size_t first, std::size_t count) {
  work_->look_at(results, first, count);
}

void RunChunks::finish() {
  work_->finish();
}

EarlyDatasets RunChunks::early() const {
  return work_->early();
}

}  // namespace firesweep
