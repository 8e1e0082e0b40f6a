#include "firesweep/store/results_lock.hpp"

#include <csignal>
#include <filesystem>
#include <optional>

#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "firesweep/check/input_error.hpp"
#include "firesweep/store/provenance.hpp"
#include "firesweep/store/results_file.hpp"

#include "../catch.hpp"
#include "results_sample.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;

/// Another process that holds the lock of `path` until it is killed.
class Other {
 public:
  explicit Other(const std::string& path) {
    int ready[2] = {-1, -1};
    REQUIRE(::pipe(ready) == 0);
    process_ = ::fork();
    if (process_ == 0) hold(path, ready[1]);
    ::close(ready[1]);
    char byte = 0;
    REQUIRE(::read(ready[0], &byte, 1) == 1);
    ::close(ready[0]);
  }
  ~Other() { kill(); }
  Other(const Other&) = delete;
  Other& operator=(const Other&) = delete;

  pid_t process() const { return process_; }

  void kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
  }

 private:
  [[noreturn]] static void hold(const std::string& path, int ready) {
    try {
      const ResultsLock lock(path);
      if (::write(ready, "!", 1) == 1) ::pause();
    } catch (...) {
      // Whoever waits reads the end of the pipe.
    }
    ::_exit(0);
  }

  pid_t process_ = 0;
};

TEST_CASE("a lock is a file beside the results that goes with it") {
  const sample::Folder folder;
  {
    const ResultsLock lock(folder / "a.h5");
    CHECK(folder.names() == std::vector<std::string>{".a.h5.lock"});
    CHECK(lock.warning().empty());
  }
  CHECK(folder.names().empty());
}

TEST_CASE("what another process has locked cannot be locked, and the message says who has it") {
  const sample::Folder folder;
  const std::string path = folder / "a.h5";
  const Other other(path);
  CHECK_THROWS_WITH(ResultsLock(path), Contains("a.h5: is being written by process " +
                                                std::to_string(other.process()) + " on " + host_name()) &&
                                           Contains("choose another output"));
  CHECK(folder.names() == std::vector<std::string>{".a.h5.lock"});
  const ResultsLock of_another_file(folder / "b.h5");
}

TEST_CASE("the holder of a lock is known while it lives") {
  const sample::Folder folder;
  const std::string path = folder / "a.h5";
  CHECK_FALSE(lock_holder(path));
  Other other(path);
  const std::optional<LockHolder> holder = lock_holder(path);
  REQUIRE(holder);
  CHECK(holder->host == host_name());
  CHECK(holder->process == other.process());
  CHECK(holder->since.size() == utc_now().size());
  other.kill();
  CHECK_FALSE(lock_holder(path));
  CHECK(folder.names() == std::vector<std::string>{".a.h5.lock"});  // asking leaves and takes nothing
}

TEST_CASE("a process sees its own lock held") {
  const sample::Folder folder;
  const ResultsLock lock(folder / "a.h5");
  CHECK_THROWS_AS(ResultsLock(folder / "a.h5"), ResultsLocked);
  REQUIRE(lock_holder(folder / "a.h5"));
  CHECK(lock_holder(folder / "a.h5")->process == ::getpid());
}

TEST_CASE("the lock of a killed process is taken over, and its temporaries are removed") {
  const sample::Folder folder;
  const std::string path = folder / "a.h5";
  Other other(path);
  const std::string stale = ".a.h5.tmp-" + std::to_string(other.process());
  const std::vector<std::string> of_others = {".a.h5.tmp-", ".a.h5.tmp-1x", ".b.h5.tmp-12", "a.h5.tmp-12"};
  for (const std::string& name : of_others) sample::write_bytes(folder / name, "");
  sample::write_bytes(folder / stale, "half a file");
  other.kill();
  {
    const ResultsLock lock(path);
    CHECK(lock_holder(path)->process == ::getpid());
    CHECK_FALSE(fs::exists(folder / stale));
  }
  CHECK(folder.names() == of_others);
}

TEST_CASE("a lock that is held for a moment only is waited for") {
  const sample::Folder folder;
  const std::string path = folder / "a.h5";
  Other other(path);
  const pid_t killer = ::fork();
  if (killer == 0) {
    ::usleep(100'000);
    ::kill(other.process(), SIGKILL);
    ::_exit(0);
  }
  CHECK_NOTHROW(ResultsLock(path));
  ::waitpid(killer, nullptr, 0);
}

TEST_CASE("a lock is that of the file that a symbolic link leads to") {
  const sample::Folder folder;
  fs::create_directory(folder / "data");
  fs::create_symlink("data/real.h5", folder / "link.h5");
  const ResultsLock lock(folder / "link.h5");
  CHECK(fs::exists(folder / "data/.real.h5.lock"));
  CHECK_THROWS_AS(ResultsLock(folder / "data/real.h5"), ResultsLocked);
}

TEST_CASE("a lock whose file somebody removed is not mistaken for the one that was made since") {
  const sample::Folder folder;
  const std::string path = folder / "a.h5";
  auto first = std::make_optional<ResultsLock>(path);
  fs::remove(folder / ".a.h5.lock");
  const ResultsLock second(path);
  first.reset();
  CHECK(folder.names() == std::vector<std::string>{".a.h5.lock"});
  CHECK(lock_holder(path));
}

TEST_CASE("what is left in a lock file is no lock, whatever it says") {
  const sample::Folder folder;
  for (const std::string text : {"", "elsewhere 1 2026-01-01T00:00:00Z 5\n", "\x01\xff nonsense"}) {
    sample::write_bytes(folder / ".a.h5.lock", text);
    CHECK_FALSE(lock_holder(folder / "a.h5"));
    CHECK_NOTHROW(ResultsLock(folder / "a.h5"));
    CHECK(folder.names().empty());
  }
}

TEST_CASE("where no lock file can be made, the reason is given") {
  const sample::Folder folder;
  fs::create_directory(folder / ".a.h5.lock");
  CHECK_THROWS_AS(ResultsLock(folder / "a.h5"), CannotWrite);
  CHECK_THROWS_WITH(ResultsLock(folder / "a.h5"),
                    Contains("a.h5: cannot be locked with ") && Contains(".a.h5.lock (Is a directory)"));
  CHECK_THROWS_WITH(ResultsLock(folder / "none/a.h5"), Contains("No such file or directory"));
  CHECK_THROWS_AS(ResultsLock("/proc/a.h5"), CannotWrite);
  fs::create_symlink("nowhere", folder / ".b.h5.lock");
  CHECK_THROWS_WITH(ResultsLock(folder / "b.h5"), Contains("b.h5: cannot be locked with"));
}

}  // namespace
}  // namespace firesweep
