#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "firesweep/ensemble/results.hpp"

namespace firesweep {

struct EarlyDatasets;

/// What a results file keeps of every run, compressed and hashed on a thread of its own while others still burn: a
/// publication then only copies it.
class RunChunks {
 public:
  /// Of results of this plan. Its thread calls begin() first.
  RunChunks(const Plan& plan, const std::function<void()>& begin);
  ~RunChunks();
  RunChunks(const RunChunks&) = delete;
  RunChunks& operator=(const RunChunks&) = delete;

  /// Looks at the runs number `first` ... `first + count - 1`, counted over all scenarios: what can be compressed now,
  /// as all of its runs are known, will be. Copies a few records of these results, and returns.
  void look_at(const Results& results, std::size_t first, std::size_t count);

  /// Ends the work; what it has not come to is left to whoever writes.
  void finish();

  /// What has been done so far. Any thread may ask.
  EarlyDatasets early() const;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace firesweep
