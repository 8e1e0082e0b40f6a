#include "content/seal.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>

#include "firesweep/digest/sha256.hpp"

namespace firesweep {
namespace {

/// A seal is this, the digest in hexadecimal and a line feed. The number is its version.
constexpr std::string_view seal_head = "\nfiresweep seal 1 ";
constexpr std::size_t digest_letters = 64;
constexpr std::size_t seal_size = seal_head.size() + digest_letters + 1;

std::string read_text(const Descriptor& file, std::uint64_t offset, std::size_t length) {
  std::string text(length, '\0');
  text.resize(file.read(offset, std::as_writable_bytes(std::span(text))));
  return text;
}

/// The seal of the first `bytes` bytes of the file.
std::string seal_of(const Descriptor& file, std::uint64_t bytes) {
  std::vector<std::byte> piece(std::size_t{1} << 20);
  Sha256 hash;
  for (std::uint64_t offset = 0; offset < bytes;) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), bytes - offset));
    const std::size_t got = file.read(offset, std::span(piece).first(wanted));
    if (got == 0) break;  // it has just been cut; the digest will not match
    hash.add(std::span<const std::byte>(piece).first(got));
    offset += got;
  }
  return fmt::format("{}{}\n", seal_head, hash.hex());
}

/// Where the file ends according to HDF5's superblock, if that is of version 2 or 3, as in our files.
std::optional<std::uint64_t> end_in_superblock(const Descriptor& file) {
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  constexpr std::size_t version_at = 8;
  constexpr std::size_t end_at = 28;  // behind sizes, flags and two addresses of 8 bytes
  std::uint64_t end = 0;
  const std::string block = read_text(file, 0, end_at + sizeof end);
  if (block.size() < end_at + sizeof end || !block.starts_with(signature)) return std::nullopt;
  if (block[version_at] != 2 && block[version_at] != 3) return std::nullopt;
  std::memcpy(&end, block.data() + end_at, sizeof end);
  return end;
}

}  // namespace

void put_seal(const std::filesystem::path& path) {
  const Descriptor file(path, O_RDWR);
  const std::uint64_t size = file.size();
  file.write(size, seal_of(file, size));
  file.flush();
}

bool has_seal(const Descriptor& file) {
  const std::uint64_t size = file.size();
  return size > seal_size && read_text(file, size - seal_size, seal_size).starts_with(seal_head);
}

std::string seal_problem(const Descriptor& file) {
  const std::uint64_t size = file.size();
  if (has_seal(file)) {
    const std::uint64_t sealed = size - seal_size;
    return read_text(file, sealed, seal_size) == seal_of(file, sealed)
               ? ""
               : "its seal does not match: some bytes have changed since it was written";
  }
  const std::optional<std::uint64_t> end = end_in_superblock(file);
  if (!end || *end == size) return "";
  return *end > size ? fmt::format("it was cut: {} bytes are missing", *end - size)
                     : fmt::format("its last {} bytes are not its seal", size - *end);
}

}  // namespace firesweep
