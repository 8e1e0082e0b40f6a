#include "firesweep/files/export_file.hpp"

#include <filesystem>

#include <fcntl.h>

#include "firesweep/files/descriptor.hpp"
#include "firesweep/files/output_file.hpp"

namespace firesweep {
namespace {

constexpr std::size_t buffer_bytes = 1 << 20;

}  // namespace

struct ExportFile::File {
  explicit File(const std::string& path)
      : name(path), output(path), descriptor(output.temporary(), O_WRONLY | O_CREAT | O_EXCL) {}

  void write_buffer() {
    descriptor.write(written, buffer);
    written += buffer.size();
    buffer.clear();
  }

  std::string name;
  OutputFile output;
  Descriptor descriptor;
  std::string buffer;
  std::uint64_t written = 0;
};

ExportFile::ExportFile(const std::string& path)
    : file_(writing(path, [&] { return std::make_unique<File>(path); })) {}
ExportFile::~ExportFile() = default;

void ExportFile::write(std::string_view bytes) {
  file_->buffer += bytes;
  if (file_->buffer.size() >= buffer_bytes) writing(file_->name, [&] { file_->write_buffer(); });
}

void ExportFile::publish() {
  writing(file_->name, [&] {
    file_->write_buffer();
    file_->output.publish();
  });
}

void make_folder(const std::string& path) {
  writing(path, [&] { std::filesystem::create_directories(path); });
}

}  // namespace firesweep
