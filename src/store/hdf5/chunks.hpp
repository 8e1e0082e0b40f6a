#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "hdf5/hdf5.hpp"

namespace firesweep::hdf5 {

/// A chunk as it lies in a file, behind the filters of create_dataset: shuffle, deflate and fletcher32.
struct StoredChunk {
  std::vector<std::byte> bytes;
  std::uint32_t skipped_filters = 0;  ///< bit i: the i-th of them was not used
};

/// Writes the chunk that begins at `offset`, of a dataset of create_dataset, as it is.
void write_chunk(const Handle& dataset, const Shape& offset, const StoredChunk& chunk);

/// The shape of a dataset's chunks if they are as create_dataset makes them: behind those filters, and such that
/// they cut the dataset into consecutive stretches of its row-major order. Files of others may have others, or
/// none, or some so large that they are better left to HDF5.
std::optional<Shape> plain_chunks(const Handle& dataset);

/// Reads a chunk of such a dataset as it is. Throws Error if it is not in the file, or larger than deflate could
/// have made it of `chunk_bytes`.
StoredChunk read_chunk(const Handle& dataset, const Shape& offset, std::size_t chunk_bytes);

}  // namespace firesweep::hdf5
