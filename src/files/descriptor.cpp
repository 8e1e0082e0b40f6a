#include "firesweep/files/descriptor.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace firesweep {
namespace {

[[noreturn]] void fail() {
  throw std::system_error(errno, std::generic_category());
}

}  // namespace

Descriptor::Descriptor(const std::filesystem::path& path, int flags)
    : id_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {
  if (id_ < 0) fail();
}

Descriptor::~Descriptor() {
  if (id_ >= 0) ::close(id_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : id_(std::exchange(other.id_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(id_, other.id_);
  return *this;
}

std::uint64_t Descriptor::size() const {
  struct stat found {};
  if (::fstat(id_, &found) != 0) fail();
  return static_cast<std::uint64_t>(found.st_size);
}

std::size_t Descriptor::read(std::uint64_t offset, std::span<std::byte> to) const {
  std::size_t done = 0;
  while (done < to.size()) {
    const ssize_t got = ::pread(id_, to.data() + done, to.size() - done, static_cast<off_t>(offset + done));
    if (got == 0) break;
    if (got < 0 && errno != EINTR) fail();
    if (got > 0) done += static_cast<std::size_t>(got);
  }
  return done;
}

void Descriptor::write(std::uint64_t offset, std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t put = ::pwrite(id_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (put < 0 && errno != EINTR) fail();
    if (put <= 0) continue;
    bytes.remove_prefix(static_cast<std::size_t>(put));
    offset += static_cast<std::uint64_t>(put);
  }
}

void Descriptor::resize(std::uint64_t bytes) const {
  if (::ftruncate(id_, static_cast<off_t>(bytes)) != 0) fail();
}

void Descriptor::flush() const {
  // Some file systems cannot flush a folder and say so with EINVAL; there is nothing more to be done on them.
  if (::fsync(id_) != 0 && errno != EINVAL) fail();
}

bool Descriptor::is_at(const std::filesystem::path& path) const {
  struct stat mine {};
  struct stat named {};
  return ::fstat(id_, &mine) == 0 && ::stat(path.c_str(), &named) == 0 && mine.st_dev == named.st_dev &&
         mine.st_ino == named.st_ino;
}

}  // namespace firesweep
