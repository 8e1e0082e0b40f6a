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
#include <set>
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
      : runs_(shape_of_runs(plan)), seeds_({plan.seeds()}) {
    if (!is_in_chunks(runs_.shape)) return;
    for_each_run_array(plan.experiment(), [&]<class T>(const Array<T>& array, const auto& set) {
      if (is_in_file(array, plan.experiment()))
        arrays_.push_back({begin_dataset(array, runs_), [set](const RunRows& runs, std::byte* column) {
                             set(runs, std::span(reinterpret_cast<T*>(column), runs.size()));
                           }});
    });
    workers_.emplace(2);  // whoever merges never waits, so one of them works
    workers_->start([begin](std::size_t) { begin(); });
    if (is_in_chunks(seeds_.shape)) compress_seeds(plan.experiment().seeds);
  }

  void look_at(const Results& results, std::size_t first, std::size_t count) {
    const bool is_complete = results.runs_ok() + results.runs_failed() == results.plan().runs();
    if (!workers_ || is_complete) return;  // at the end all threads write
    const std::vector<Stretch>& stretches = runs_.stretches;
    auto stretch = std::prev(std::ranges::upper_bound(stretches, first, {}, &Stretch::first));
    for (; stretch != stretches.end() && stretch->first < first + count; ++stretch) {
      const auto number = static_cast<std::size_t>(stretch - stretches.begin());
      if (known_.contains(number) ||
          results.records().rows(stretch->first, stretch->count).count(RunStatus::missing) > 0)
        continue;
      known_.insert(number);
      waiting_.push_back(number);
    }
    start_some(results);
  }

  void finish() { workers_.reset(); }

  EarlyDatasets early() const {
    const std::lock_guard lock(mutex_);
    return early_;
  }

 private:
  /// Consecutive elements that make a chunk.
  struct Stretch {
    std::size_t first;
    std::size_t count;
  };

  /// How a dataset is cut into chunks.
  struct Cut {
    explicit Cut(hdf5::Shape a_shape) : shape(std::move(a_shape)), chunk(chunk_of(shape, {})) {
      for (hsize_t first = 0; first < hdf5::product(shape); first += stretches.back().count)
        stretches.push_back({first, hdf5::product(hdf5::piece_at(first, shape, chunk).count)});
    }

    hdf5::Shape shape;
    hdf5::Shape chunk;
    std::vector<Stretch> stretches;
  };

  struct Dataset {
    std::string name;
    std::size_t element_size;
    const Cut* cut;
  };

  struct RunArray {
    Dataset dataset;
    std::function<void(const RunRows& runs, std::byte* column)> set;
  };

  template <class T>
  Dataset begin_dataset(const Array<T>& array, const Cut& cut) {
    const std::string name(array.name);
    early_.by_name.emplace(
        name, EarlyDataset{cut.shape, {}, DatasetHash(name, hdf5::element_of<T>(), cut.shape), 0});
    return {name, sizeof(T), &cut};
  }

  /// They are known from the beginning.
  void compress_seeds(const Seeds& seeds) {
    const Dataset dataset = begin_dataset(arrays::seed, seeds_);
    for (std::size_t number = 0; number < seeds_.stretches.size(); ++number)
      start([this, dataset, number, seeds] {
        compress(dataset, number, [&](std::byte* column) {
          const auto [first, count] = seeds_.stretches[number];
          const std::span values(reinterpret_cast<std::uint64_t*>(column), count);
          for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<std::uint64_t>(seeds[first + i]);
        });
      });
  }

  /// The results may change as soon as this returns, so what is needed of them is copied.
  void start_some(const Results& results) {
    constexpr std::size_t most_copies = 8;
    for (; !waiting_.empty() && copies_ < most_copies; waiting_.pop_front()) {
      const std::size_t number = waiting_.front();
      const auto [first, count] = runs_.stretches[number];
      auto records = std::make_shared<RunColumns>(count);
      records->set(0, results.records().rows(first, count));
      ++copies_;
      start([this, number, records = std::move(records)] {
        for (const RunArray& array : arrays_)
          compress(array.dataset, number, [&](std::byte* column) { array.set(*records, column); });
        --copies_;
      });
    }
  }

  void start(std::function<void()> task) {
    workers_->start([task = std::move(task)](std::size_t) {
      try {
        task();
      } catch (const std::exception&) {
        // Of memory, say. Whoever writes the file comes to it again, and tells.
      }
    });
  }

  /// A chunk, of which set(column) sets what lies within the dataset.
  template <class Set>
  void compress(const Dataset& dataset, std::size_t number, const Set& set) {
    const std::size_t size = hdf5::product(dataset.cut->chunk) * dataset.element_size;
    const auto length = [&](std::size_t chunk) {
      return dataset.cut->stretches[chunk].count * dataset.element_size;
    };
    const auto bytes = spare_.take(size);
    set(bytes.get());
    std::memset(bytes.get() + length(number), 0, size - length(number));
    auto encoded = encoder_.encode(bytes, size, dataset.element_size, spare_);
    const std::lock_guard lock(mutex_);
    EarlyDataset& early = early_.by_name.at(dataset.name);
    early.chunks.emplace(number, std::move(encoded));
    for (auto next = early.chunks.find(early.hashed); next != early.chunks.end();
         next = early.chunks.find(++early.hashed)) {
      const SharedBytes known =
          next->first == number ? bytes : encoder_.decode(*next->second, size, dataset.element_size, spare_);
      early.hash.add(std::span(known.get(), length(next->first)));
    }
  }

  Cut runs_;
  Cut seeds_;
  std::vector<RunArray> arrays_;
  std::set<std::size_t> known_;      // stretches of which every run is
  std::deque<std::size_t> waiting_;  // those of them of which no copy has been made yet
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
