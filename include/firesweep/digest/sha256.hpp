#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace firesweep {

/// SHA-256 of a stream of bytes.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  /// Goes on from where the other is.
  Sha256(const Sha256& other);
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(const Sha256&) = delete;
  Sha256& operator=(Sha256&&) noexcept;

  void add(std::span<const std::byte> bytes);
  void add(std::string_view text) { add(std::as_bytes(std::span(text))); }

  /// The digest in hexadecimal. Nothing can be added afterwards.
  std::string hex();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// SHA-256 of `text` in hexadecimal.
std::string sha256(std::string_view text);

/// SHA-256 of what a file holds, in hexadecimal. Throws InputError if it cannot be read.
std::string sha256_of_file(const std::string& path);

/// Of the library that computes it, e.g. "3.0.17".
std::string openssl_version();

}  // namespace firesweep
