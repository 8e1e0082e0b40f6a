#include <csignal>
#include <filesystem>

#include <sys/resource.h>
#include <unistd.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/store/results_file.hpp"
#include "firesweep/store/stored_results.hpp"

#include "../catch.hpp"
#include "results_sample.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;

std::string temporary_name(const std::string& name) {
  return "." + name + ".tmp-" + std::to_string(::getpid());
}

/// Lets no file grow beyond `bytes` while it lives, as on a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

TEST_CASE("publishing leaves the file and nothing else") {
  const sample::Folder folder;
  sample::publish(folder / "sample.h5");
  sample::publish(folder / "sample.h5");
  CHECK(folder.names() == std::vector<std::string>{"sample.h5"});
}

TEST_CASE("two publications of the same results are the same bytes") {
  const sample::Folder folder;
  const Performance untimed;  // else the time of writing would be written
  sample::publish(folder / "one.h5", untimed);
  sample::publish(folder / "two.h5", untimed);
  CHECK(sample::bytes_of(folder / "one.h5") == sample::bytes_of(folder / "two.h5"));
}

TEST_CASE("a disk that fills up, early or late, leaves the old file and no temporary") {
  const sample::Folder folder;
  const std::string path = folder / "sample.h5";
  sample::write_bytes(path, "the old file");
  sample::publish(folder / "whole.h5");
  const auto whole = static_cast<rlim_t>(fs::file_size(folder / "whole.h5"));
  for (const rlim_t room : {rlim_t{0}, rlim_t{1000}, whole / 2, whole - 1}) {
    const FullDisk disk(room);
    CHECK_THROWS_AS(sample::publish(path), CannotWrite);
    CHECK_THROWS_WITH(sample::publish(path),
                      Contains("sample.h5: cannot be written") && Contains("File too large"));
    CHECK(sample::bytes_of(path) == "the old file");
    CHECK(folder.names() == std::vector<std::string>{"sample.h5", "whole.h5"});
  }
  sample::publish(path);  // when there is room again
  CHECK(StoredResults(path).name() == "sample");
}

TEST_CASE("a temporary that cannot be created leaves the old file") {
  const sample::Folder folder;
  const std::string path = folder / "sample.h5";
  sample::write_bytes(path, "the old file");
  fs::create_directory(folder / temporary_name("sample.h5"));
  CHECK_THROWS_WITH(sample::publish(path), Contains("sample.h5: cannot be written"));
  CHECK(sample::bytes_of(path) == "the old file");
}

TEST_CASE("a folder that is gone, and links that lead in a circle, cannot be written to") {
  const sample::Folder folder;
  CHECK_THROWS_AS(sample::publish(folder / "gone/sample.h5"), CannotWrite);
  CHECK_THROWS_WITH(sample::publish(folder / "gone/sample.h5"), Contains("No such file or directory"));
  fs::create_symlink("b.h5", folder / "a.h5");
  fs::create_symlink("a.h5", folder / "b.h5");
  CHECK_THROWS_AS(sample::publish(folder / "a.h5"), CannotWrite);
}

TEST_CASE("a destination that cannot be replaced leaves no temporary") {
  const sample::Folder folder;
  const std::string path = folder / "sample.h5";
  fs::create_directories(path + "/inhabited");
  CHECK_THROWS_WITH(sample::publish(path), Contains("sample.h5: cannot be written"));
  CHECK(folder.names() == std::vector<std::string>{"sample.h5"});
}

TEST_CASE("a symbolic link is followed and stays") {
  const sample::Folder folder;
  fs::create_directory(folder / "data");
  fs::create_symlink("data/real.h5", folder / "link.h5");
  check_output(folder / "link.h5");
  sample::publish(folder / "link.h5");
  check_output(folder / "link.h5");
  sample::publish(folder / "link.h5");
  CHECK(fs::is_symlink(folder / "link.h5"));
  CHECK(fs::is_regular_file(folder / "data/real.h5"));
  CHECK(folder.names() == std::vector<std::string>{"data", "link.h5"});
  CHECK(StoredResults(folder / "link.h5").name() == "sample");
}

TEST_CASE("a new file and an earlier result are acceptable outputs, and checking leaves nothing behind") {
  const sample::Folder folder;
  check_output(folder / "new.h5");
  CHECK(folder.names().empty());
  sample::publish(folder / "old.h5");
  check_output(folder / "old.h5");
  CHECK(folder.names() == std::vector<std::string>{"old.h5"});
}

TEST_CASE("an output that cannot be written is refused with the reason") {
  const sample::Folder folder;
  CHECK_THROWS_AS(check_output(folder.path()), InputError);
  CHECK_THROWS_WITH(check_output(folder.path()), Contains("is a directory"));
  CHECK_THROWS_WITH(check_output(folder / "no/such.h5"), Contains("does not exist"));
  CHECK_THROWS_WITH(check_output(""), Contains("not the name of a file"));
  CHECK_THROWS_AS(check_output(folder / std::string(250, 'a')), InputError);
  CHECK_THROWS_WITH(check_output(folder / std::string(250, 'a')), Contains("too long"));
  CHECK_THROWS_WITH(check_output("/proc/results.h5"), Contains("cannot write into the folder /proc"));
}

TEST_CASE("a file that is not ours is not overwritten") {
  const sample::Folder folder;
  const std::string path = folder / "thesis.txt";
  sample::write_bytes(path, "years of work");
  CHECK_THROWS_AS(check_output(path), BadResultsFile);
  CHECK_THROWS_WITH(check_output(path), Contains("not an HDF5 file") && Contains("left as it is") &&
                                            Contains("choose another output") && Contains("--fresh"));
  CHECK(sample::bytes_of(path) == "years of work");
}

TEST_CASE("a file is moved aside to the first free name and says which") {
  const sample::Folder folder;
  CHECK(move_aside(folder / "run.1.h5").empty());
  sample::write_bytes(folder / "run.1.h5", "first");
  CHECK(move_aside(folder / "run.1.h5") == folder / "run.1.old-1.h5");
  sample::write_bytes(folder / "run.1.h5", "second");
  CHECK(move_aside(folder / "run.1.h5") == folder / "run.1.old-2.h5");
  CHECK(sample::bytes_of(folder / "run.1.old-1.h5") == "first");
  CHECK(sample::bytes_of(folder / "run.1.old-2.h5") == "second");
  CHECK(folder.names() == std::vector<std::string>{"run.1.old-1.h5", "run.1.old-2.h5"});
}

TEST_CASE("moving aside follows symbolic links and leaves directories alone") {
  const sample::Folder folder;
  fs::create_directory(folder / "data");
  sample::write_bytes(folder / "data/real.h5", "real");
  fs::create_symlink("data/real.h5", folder / "link.h5");
  CHECK(move_aside(folder / "link.h5") == folder / "data/real.old-1.h5");
  CHECK(fs::is_symlink(folder / "link.h5"));
  CHECK_THROWS_AS(move_aside(folder / "data"), InputError);
}

}  // namespace
}  // namespace firesweep