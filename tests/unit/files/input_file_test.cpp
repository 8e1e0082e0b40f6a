#include "firesweep/files/input_file.hpp"

#include <string>

#include <sys/stat.h>

#include "firesweep/check/input_error.hpp"

#include "../catch.hpp"
#include "folder.hpp"

namespace firesweep {
namespace {

std::string refusal(const std::string& path, std::uint64_t most_bytes = 100) {
  try {
    text_of_file(path, most_bytes);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("A file's text is all of its bytes") {
  const sample::Folder folder;
  sample::write_bytes(folder / "a", std::string("one\0two\r\n", 9));
  CHECK(text_of_file(folder / "a", 9) == std::string("one\0two\r\n", 9));
}

TEST_CASE("What is no file of fair size is refused by name, and a pipe is not waited for") {
  const sample::Folder folder;
  sample::write_bytes(folder / "large", std::string(101, 'x'));
  ::mkfifo((folder / "pipe").c_str(), 0600);
  CHECK(refusal(folder / "none") == folder / "none: cannot be read (there is no such file)");
  CHECK(refusal(folder.path()) == folder.path() + ": cannot be read (it is a directory)");
  CHECK(refusal(folder / "pipe") == folder / "pipe: cannot be read (it is not a regular file)");
  CHECK(refusal(folder / "large") == folder / "large: cannot be read (it is larger than 100 bytes)");
  CHECK(refusal("") == "(empty path): cannot be read (there is no such file)");
}

}  // namespace
}  // namespace firesweep
