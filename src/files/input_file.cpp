#include "firesweep/files/input_file.hpp"

#include <filesystem>
#include <span>
#include <system_error>

#include <fcntl.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/check/wording.hpp"
#include "firesweep/files/descriptor.hpp"

namespace firesweep {
namespace {

[[noreturn]] void refuse_input(const std::string& path, const std::string& reason) {
  throw InputError((path.empty() ? "(empty path)" : path) + ": cannot be read (" + reason + ")");
}

template <class Read>
auto reading(const std::string& path, const Read& read) {
  try {
    return read();
  } catch (const std::system_error& error) {
    refuse_input(path, error.code().message());
  }
}

}  // namespace

void expect_readable_file(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::none) refuse_input(path, error.message());
  if (!std::filesystem::exists(status)) refuse_input(path, "there is no such file");
  if (std::filesystem::is_directory(status)) refuse_input(path, "it is a directory");
  if (!std::filesystem::is_regular_file(status)) refuse_input(path, "it is not a regular file");
  reading(path, [&] { const Descriptor file(path, O_RDONLY); });
}

std::string text_of_file(const std::string& path, std::uint64_t most_bytes) {
  expect_readable_file(path);
  return reading(path, [&] {
    const Descriptor file(path, O_RDONLY);
    const std::uint64_t size = file.size();
    if (size > most_bytes) refuse_input(path, "it is larger than " + bytes_text(most_bytes));
    std::string text(size, '\0');
    text.resize(file.read(0, std::as_writable_bytes(std::span(text))));
    return text;
  });
}

}  // namespace firesweep
