#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "content/ordered_hash.hpp"
#include "content/spare_bytes.hpp"
#include "hdf5/chunk_codec.hpp"
#include "hdf5/chunks.hpp"

namespace firesweep {

/// A chunk as it is to lie in the file.
struct EncodedChunk {
  hdf5::StoredChunk stored;
  std::string hash;  ///< hash_of() it
};

/// Compresses chunks, and sees that they decompress to what they were. Each thread has its own.
class VerifiedEncoder {
 public:
  /// Of the chunk's `size` bytes, all of it. The one before is remembered: columns may be constant. Throws hdf5::Error
  /// if it does not decompress to what it was.
  std::shared_ptr<const EncodedChunk> encode(const SharedBytes& chunk, std::size_t size,
                                             std::size_t element_size, SpareBytes& spare);

  /// The way back. Throws hdf5::Error.
  SharedBytes decode(const EncodedChunk& encoded, std::size_t size, std::size_t element_size,
                     SpareBytes& spare);

 private:
  hdf5::ChunkEncoder encoder_;
  hdf5::ChunkDecoder decoder_;
  SharedBytes last_;
  std::size_t last_size_ = 0;
  std::size_t last_element_size_ = 0;
  std::shared_ptr<const EncodedChunk> last_encoded_;
};

}  // namespace firesweep
