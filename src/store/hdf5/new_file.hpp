#pragma once

#include <memory>
#include <string>

#include "hdf5/hdf5.hpp"

namespace firesweep::hdf5 {

/// A file that is being created, on a disk that may become full. Writing does not fail then; whoever writes
/// asks, at times, whether it was all in vain.
class NewFile {
 public:
  /// Creates `path`, which must not exist; the file's bytes do not depend on the clock.
  explicit NewFile(const std::string& path);

  hid_t id() const { return file_.id(); }

  /// Throws Error with the system's reason if something could not be written.
  void expect_written() const;

  /// Closes the file. Throws Error if not all of it could be written.
  void close();

 private:
  std::unique_ptr<int> refusal_;  // errno of the first failed write; the driver has its address
  Handle file_;
};

}  // namespace firesweep::hdf5
