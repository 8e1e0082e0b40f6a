#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "hdf5/chunks.hpp"
#include "hdf5/plane_deflater.hpp"

struct libdeflate_compressor;
struct libdeflate_decompressor;

namespace firesweep::hdf5 {

/// Makes what HDF5's filters shuffle, deflate and fletcher32 would make of a chunk, without HDF5, which serves
/// one thread at a time. Each thread has its own.
class ChunkEncoder {
 public:
  ChunkEncoder();

  /// `chunk` is all of it, also where it reaches beyond the dataset's end.
  StoredChunk encode(std::span<const std::byte> chunk, std::size_t element_size);

 private:
  struct Free {
    void operator()(libdeflate_compressor* compressor) const;
  };

  /// What is shuffled, until the next call; empty if it would take more space.
  std::span<const std::byte> deflate(std::size_t element_size);

  std::unique_ptr<libdeflate_compressor, Free> compressor_;
  PlaneDeflater planes_;
  std::vector<std::byte> shuffled_;
  std::vector<std::byte> deflated_;
};

/// The way back. Each thread has its own.
class ChunkDecoder {
 public:
  ChunkDecoder();

  /// Fills `chunk`. Throws Error if the checksum of what is stored does not match, or if it is not just as many
  /// bytes, deflated.
  void decode(const StoredChunk& stored, std::size_t element_size, std::span<std::byte> chunk);

 private:
  struct Free {
    void operator()(libdeflate_decompressor* decompressor) const;
  };

  std::unique_ptr<libdeflate_decompressor, Free> decompressor_;
  std::vector<std::byte> shuffled_;
};

}  // namespace firesweep::hdf5
