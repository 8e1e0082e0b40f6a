#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace firesweep {

/// A file for other programs that is being written: under its name it is always as it was before, or whole.
/// Everything throws CannotWrite, naming the path and the system's reason, but InputError where the path is a
/// directory.
class ExportFile {
 public:
  explicit ExportFile(const std::string& path);
  /// Leaves nothing behind unless the file has been published.
  ~ExportFile();
  ExportFile(const ExportFile&) = delete;
  ExportFile& operator=(const ExportFile&) = delete;

  void write(std::string_view bytes);

  /// Flushes it to disk and gives it its name; nothing more can be written.
  void publish();

 private:
  struct File;
  std::unique_ptr<File> file_;
};

/// Makes a folder and those it is in, unless it is there. Throws CannotWrite.
void make_folder(const std::string& path);

}  // namespace firesweep
