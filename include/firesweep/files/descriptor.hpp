#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

namespace firesweep {

/// An open file of the system. What the system refuses is thrown as std::system_error.
class Descriptor {
 public:
  /// `flags` as of open(2).
  Descriptor(const std::filesystem::path& path, int flags);
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;

  int id() const { return id_; }

  /// Bytes.
  std::uint64_t size() const;

  /// Fills `to` with what is there from `offset` on. Returns how many bytes that were: fewer than asked for
  /// only at the end of the file.
  std::size_t read(std::uint64_t offset, std::span<std::byte> to) const;

  void write(std::uint64_t offset, std::string_view bytes) const;

  /// Cuts the file, or lets it grow by zeros.
  void resize(std::uint64_t bytes) const;

  /// Returns when everything is on the disk itself.
  void flush() const;

  /// Whether `path` is the name of this very file.
  bool is_at(const std::filesystem::path& path) const;

 private:
  int id_;
};

}  // namespace firesweep
