#include "firesweep/store/results_lock.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "firesweep/files/descriptor.hpp"
#include "firesweep/files/destination.hpp"
#include "firesweep/store/provenance.hpp"
#include "firesweep/store/results_file.hpp"

namespace firesweep {
namespace {

namespace fs = std::filesystem;

/// What a lock file says: one line "host process since process_start".
struct Claim {
  LockHolder holder;
  std::string process_start;  ///< tells a process from a later one of the same number
};

/// When a process of this host was started, in ticks since the host was; "?" where the system does not tell.
std::string start_of(std::int64_t process) {
  std::ifstream file(fmt::format("/proc/{}/stat", process));
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  // The second field, the program's name, may hold anything; the 22nd is the start.
  std::istringstream fields(text.substr(std::min(text.rfind(')'), text.size() - 1) + 1));
  std::string field = "?";
  for (int i = 3; i <= 22; ++i) fields >> field;
  return fields ? field : "?";
}

Claim own_claim() {
  return {{host_name(), ::getpid(), utc_now()}, start_of(::getpid())};
}

std::string text_of(const Claim& claim) {
  return fmt::format("{} {} {} {}\n", claim.holder.host, claim.holder.process, claim.holder.since,
                     claim.process_start);
}

/// Nothing if it says nothing: its process has not come to that yet, or had no room on the disk.
std::optional<Claim> read_claim(const Descriptor& file) {
  std::array<char, 512> text{};
  const std::size_t length = file.read(0, std::as_writable_bytes(std::span(text)));
  std::istringstream words(std::string(text.data(), length));
  Claim claim;
  words >> claim.holder.host >> claim.holder.process >> claim.holder.since >> claim.process_start;
  return words ? std::optional(claim) : std::nullopt;
}

/// Whether the process that made the claim is surely gone, which only its own host can tell.
bool is_void(const Claim& claim) {
  if (claim.holder.host != host_name()) return false;
  if (::kill(static_cast<pid_t>(claim.holder.process), 0) != 0 && errno == ESRCH) return true;
  const std::string start = start_of(claim.holder.process);
  return start != "?" && claim.process_start != "?" && start != claim.process_start;
}

std::string described(const std::optional<Claim>& claim) {
  if (!claim) return "another job";
  const LockHolder& holder = claim->holder;
  return fmt::format("process {} on {} since {}", holder.process, holder.host, holder.since);
}

enum class Outcome : std::uint8_t { taken, held, impossible };

/// Tries to lock a file in this `mode` of flock(2) until it can or has tried `times` times.
Outcome try_lock(const Descriptor& file, int mode, int times) {
  for (;;) {
    if (::flock(file.id(), mode | LOCK_NB) == 0) return Outcome::taken;
    switch (errno) {
      case EINTR:
        break;
      case EWOULDBLOCK:
        if (--times <= 0) return Outcome::held;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        break;
      case ENOLCK:
      case EOPNOTSUPP:
      case ENOSYS:
      case EINVAL:
        return Outcome::impossible;
      default:
        throw std::system_error(errno, std::generic_category());
    }
  }
}

enum class Origin : std::uint8_t { made, found };

/// Opens the lock file. Nothing if it was there and is gone again.
std::optional<std::pair<Descriptor, Origin>> open_lock(const fs::path& path) {
  try {
    return std::pair(Descriptor(path, O_RDWR | O_CREAT | O_EXCL), Origin::made);
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::file_exists) throw;
  }
  try {
    return std::pair(Descriptor(path, O_RDWR), Origin::found);
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::no_such_file_or_directory) throw;
  }
  return std::nullopt;
}

}  // namespace

class ResultsLock::File {
 public:
  explicit File(const std::string& results_path);
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  const std::string& warning() const { return warning_; }

 private:
  std::optional<Descriptor> try_to_take();
  bool is_ours_by_existing(const Descriptor& file, Origin origin);
  void write_claim() const;
  void remove() const;

  std::string results_path_;
  fs::path path_;
  std::string warning_;
  std::optional<Descriptor> file_;
};

ResultsLock::File::File(const std::string& results_path) : results_path_(results_path) {
  const fs::path target = destination(results_path);
  path_ = companion(target, "lock");
  try {
    constexpr int most_tries = 100;  // there are never so many jobs that end just now
    for (int tries = 0; !file_ && tries < most_tries; ++tries) file_ = try_to_take();
    if (!file_) throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    write_claim();
  } catch (const std::system_error& error) {
    remove();
    throw CannotWrite(fmt::format("{}: cannot be locked with {} ({})", results_path, path_.string(),
                                  error.code().message()));
  }
  remove_temporaries(target);
}

ResultsLock::File::~File() {
  remove();
}

/// Removes the file while it is locked, so that whoever has opened it meanwhile finds it gone.
void ResultsLock::File::remove() const {
  if (file_ && file_->is_at(path_)) ::unlink(path_.c_str());
}

/// Nothing if the file has been removed meanwhile, say by the job that held it.
std::optional<Descriptor> ResultsLock::File::try_to_take() {
  // A lock may be held for a moment only: by lock_holder, or by a job that is about to end.
  constexpr int patience = 100;  // of 50 ms
  auto opened = open_lock(path_);
  if (!opened) return std::nullopt;
  auto& [file, origin] = *opened;
  switch (try_lock(file, LOCK_EX, patience)) {
    case Outcome::taken:
      if (!file.is_at(path_)) return std::nullopt;
      break;
    case Outcome::held: {
      const std::optional<Claim> claim = read_claim(file);
      if (claim && is_void(*claim)) return std::nullopt;  // its last publication has outlived it
      throw ResultsLocked(fmt::format(
          "{}: is being written by {}; wait until that has ended, or choose another output with -o",
          results_path_, described(claim)));
    }
    case Outcome::impossible:
      if (!is_ours_by_existing(file, origin)) return std::nullopt;
      break;
  }
  return std::move(file);
}

/// Where nothing can be locked. False if the file was that of a dead process and has been removed.
bool ResultsLock::File::is_ours_by_existing(const Descriptor& file, Origin origin) {
  if (origin == Origin::found) {
    const std::optional<Claim> claim = read_claim(file);
    if (!claim || !is_void(*claim)) {
      throw ResultsLocked(fmt::format(
          "{}: is being written by {}; wait until that has ended, or choose another output with -o. This "
          "file system cannot lock files, so nothing tells whether it still lives: if it is surely gone, "
          "remove {}",
          results_path_, described(claim), path_.string()));
    }
    if (::unlink(path_.c_str()) != 0 && errno != ENOENT)
      throw std::system_error(errno, std::generic_category());
    return false;
  }
  warning_ = fmt::format(
      "{}: the file system cannot lock files, so only the existence of {} keeps other jobs away; should this "
      "job's host die, remove it by hand",
      results_path_, path_.string());
  return true;
}

void ResultsLock::File::write_claim() const {
  try {
    file_->resize(0);
    file_->write(0, text_of(own_claim()));
  } catch (const std::system_error&) {
    // On a full disk, say. A lock that the system keeps holds without words, another does not.
    if (!warning_.empty()) throw;
  }
}

ResultsLock::ResultsLock(const std::string& results_path) : file_(std::make_unique<File>(results_path)) {}

ResultsLock::~ResultsLock() = default;

const std::string& ResultsLock::warning() const {
  return file_->warning();
}

std::optional<LockHolder> lock_holder(const std::string& results_path) {
  try {
    const Descriptor file(companion(destination(results_path), "lock"), O_RDONLY);
    const Outcome outcome = try_lock(file, LOCK_SH, 1);
    if (outcome == Outcome::taken) return std::nullopt;
    const std::optional<Claim> claim = read_claim(file);
    if (claim && outcome == Outcome::impossible && is_void(*claim)) return std::nullopt;
    return claim.value_or(Claim{{"unknown", 0, "unknown"}, {}}).holder;
  } catch (const std::system_error&) {
    return std::nullopt;  // there is no lock file, as a rule
  }
}

}  // namespace firesweep
