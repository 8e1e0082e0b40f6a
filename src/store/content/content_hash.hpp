#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "firesweep/digest/sha256.hpp"

#include "content/results_marker.hpp"
#include "hdf5/hdf5.hpp"

namespace firesweep {

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

/// Hash of a part of the reproducible content of a results file, as analysis/results-format.md defines it for
/// its readers: of a line "hash  name" for every dataset and every attribute that belongs to the part,
/// ascending by the bytes of the name; an attribute's begins with "@".
class ContentHash {
 public:
  /// `name` is that of the root attribute which keeps the hash.
  explicit ContentHash(std::string name) : name_(std::move(name)) {}

  const std::string& name() const { return name_; }

  /// Datasets may come in any order.
  void add(const std::string& name, std::string dataset_hash);

  /// An attribute counts as a dataset without dimensions.
  void add_attribute(const std::string& name, const std::string& value);
  void add_attribute(const std::string& name, std::int64_t value);
  void add_attribute(const std::string& name, double value);

  std::string hex() const;

 private:
  std::string name_;
  std::map<std::string, std::string> parts_;
};

/// The hashes of a results file: `content` of what is exact (which experiment, its records, sums and maps),
/// `estimates` of what is computed from that, whose last bits depend on the system's mathematical libraries.
struct ContentHashes {
  ContentHash content{content_hash_attribute};
  ContentHash estimates{estimates_hash_attribute};
};

}  // namespace firesweep
