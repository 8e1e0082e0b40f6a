#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "firesweep/digest/sha256.hpp"

#include "hdf5/chunks.hpp"

namespace firesweep {

/// What was written of a dataset that lies in chunks.
struct WrittenDataset {
  std::string hash;                   ///< of its elements, see DatasetHash
  std::vector<std::string> stored{};  ///< hash_of() each chunk, in their order
};

/// By the datasets' full names. With it, whoever reads the file back can tell that all is there without
/// decompressing it again.
using WrittenDatasets = std::map<std::string, WrittenDataset>;

/// Of a chunk as it lies in the file.
inline std::string hash_of(const hdf5::StoredChunk& chunk) {
  Sha256 hash;
  hash.add(std::as_bytes(std::span(&chunk.skipped_filters, 1)));
  hash.add(chunk.bytes);
  return hash.hex();
}

}  // namespace firesweep
