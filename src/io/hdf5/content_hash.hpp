#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "hdf5/hdf5.hpp"

namespace firesweep {

/// SHA-256 of a stream of bytes.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
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

/// Hash of one dataset: of the line "name type length,length,...", then of its elements in row-major order.
class DatasetHash {
 public:
  DatasetHash(const std::string& name, hdf5::Element element, const hdf5::Shape& shape);

  void add(std::span<const std::byte> numbers) { hash_.add(numbers); }
  /// Each text is its length in bytes as u8, then its bytes.
  void add(std::span<const std::string> texts);

  std::string hex() { return hash_.hex(); }

 private:
  Sha256 hash_;
};

/// Hash of the reproducible content of a results file, as analysis/results-format.md defines it for its
/// readers: of a line "hash  name" for every dataset in the root and in /sums, ascending by the bytes of the
/// name.
class ContentHash {
 public:
  /// Datasets may come in any order.
  void add(const std::string& name, std::string dataset_hash);

  std::string hex() const;

 private:
  std::map<std::string, std::string> datasets_;
};

/// The content hash of what is in a file. Throws hdf5::Error if that cannot be read.
std::string content_sha256(const hdf5::Handle& file);

}  // namespace firesweep
