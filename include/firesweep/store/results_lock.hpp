#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace firesweep {

/// Who writes a results file.
struct LockHolder {
  std::string host;
  std::int64_t process = 0;
  std::string since;  ///< ISO 8601, UTC
};

/// Another job writes the results file.
class ResultsLocked : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The right to write one results file, held as a lock on `.NAME.lock` beside it until it goes. The system
/// releases the lock of a process that dies, so what a dead job left is taken over; so are the temporaries of
/// its publications, which are removed.
class ResultsLock {
 public:
  /// Throws ResultsLocked, naming the holder, if another process has it, and CannotWrite if no lock file can
  /// be made.
  explicit ResultsLock(const std::string& results_path);
  ~ResultsLock();
  ResultsLock(const ResultsLock&) = delete;
  ResultsLock& operator=(const ResultsLock&) = delete;

  /// Empty, or why this lock is weaker than it should be: the file system cannot lock (NFS without its lock
  /// service, say), so that the mere existence of the lock file has to keep others away.
  const std::string& warning() const;

 private:
  class File;
  std::unique_ptr<File> file_;
};

/// Who holds the lock of a results file now, if anybody does. Takes and leaves nothing.
std::optional<LockHolder> lock_holder(const std::string& results_path);

}  // namespace firesweep
