#include "firesweep/files/export_file.hpp"

#include <filesystem>

#include "firesweep/check/input_error.hpp"
#include "firesweep/files/cannot_write.hpp"
#include "firesweep/files/destination.hpp"

#include "../catch.hpp"
#include "folder.hpp"

namespace firesweep {
namespace {

TEST_CASE("A file is as it was until it is published, and then whole") {
  const sample::Folder folder;
  sample::write_bytes(folder / "map.asc", "before");
  ExportFile file(folder / "map.asc");
  file.write("one ");
  file.write(std::string(3'000'000, 'x'));
  CHECK(sample::bytes_of(folder / "map.asc") == "before");
  file.publish();
  CHECK(sample::bytes_of(folder / "map.asc") == "one " + std::string(3'000'000, 'x'));
  CHECK(folder.names() == std::vector<std::string>{"map.asc"});
}

TEST_CASE("A file that is never published leaves nothing behind") {
  const sample::Folder folder;
  ExportFile(folder / "map.asc").write("half");
  CHECK(folder.names().empty());
}

TEST_CASE("A file that cannot be written is refused by name") {
  const sample::Folder folder;
  CHECK_THROWS_AS(ExportFile(folder.path()), InputError);
  CHECK_THROWS_AS(ExportFile(folder / "none/map.asc"), InputError);
  sample::write_bytes(folder / "file", "");
  CHECK_THROWS_AS(make_folder(folder / "file/inside"), CannotWrite);
}

TEST_CASE("A symbolic link is followed, also to what is not there yet, but not in a circle") {
  const sample::Folder folder;
  std::filesystem::create_symlink("target.asc", folder / "link.asc");
  CHECK(destination(folder / "link.asc") == folder / "target.asc");
  ExportFile file(folder / "link.asc");
  file.write("through");
  file.publish();
  CHECK(sample::bytes_of(folder / "target.asc") == "through");
  CHECK(std::filesystem::is_symlink(folder / "link.asc"));
  std::filesystem::create_symlink("b", folder / "a");
  std::filesystem::create_symlink("a", folder / "b");
  CHECK_THROWS_AS(destination(folder / "a"), InputError);
}

}  // namespace
}  // namespace firesweep
