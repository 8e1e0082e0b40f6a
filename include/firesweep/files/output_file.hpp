#pragma once

#include <filesystem>
#include <string>
#include <system_error>

#include "firesweep/files/cannot_write.hpp"
#include "firesweep/files/destination.hpp"

namespace firesweep {

/// A file on its way: written under another name beside its place, it takes its own when it is whole.
class OutputFile {
 public:
  /// Throws InputError as expected_destination() does.
  explicit OutputFile(const std::string& path);

  /// Where to write it; what is there goes with this object unless it is published.
  const std::filesystem::path& temporary() const { return temporary_.path(); }

  /// Flushes it to disk and renames it, over an existing file. Throws std::system_error.
  void publish() const;

 private:
  std::filesystem::path target_;
  Temporary temporary_;
};

/// Calls `write`, and has what the system could not do name the file, as CannotWrite.
template <class Write>
auto writing(const std::string& path, const Write& write) {
  try {
    return write();
  } catch (const std::system_error& error) {
    throw CannotWrite(path + ": cannot be written (" + error.code().message() + ")");
  }
}

}  // namespace firesweep
