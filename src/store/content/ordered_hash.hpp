#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "content/content_hash.hpp"

namespace firesweep {

/// Bytes that several threads read.
using SharedBytes = std::shared_ptr<const std::byte[]>;

/// The hash of a dataset whose pieces come from several threads in whatever order.
class OrderedHash {
 public:
  /// `hash` has learned the first `known` pieces.
  explicit OrderedHash(DatasetHash hash, std::uint64_t known = 0) : next_(known), hash_(std::move(hash)) {}

  /// Adds the piece of that number, the first `length` of the bytes. It is hashed before this returns, or by
  /// the thread that is just hashing those before it.
  void add(std::uint64_t number, SharedBytes bytes, std::size_t length);

  /// When all pieces have been added, by calls that have returned.
  std::string hex() { return hash_.hex(); }

 private:
  struct Piece {
    SharedBytes bytes;
    std::size_t length;
  };

  std::mutex mutex_;
  std::map<std::uint64_t, Piece> waiting_;
  std::uint64_t next_;
  bool is_hashing_ = false;
  DatasetHash hash_;
};

}  // namespace firesweep
