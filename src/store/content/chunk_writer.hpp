#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "content/content_hash.hpp"
#include "content/ordered_hash.hpp"
#include "content/workers.hpp"
#include "hdf5/chunk_codec.hpp"
#include "hdf5/chunks.hpp"
#include "hdf5/hdf5.hpp"

namespace firesweep {

/// A dataset that chunks are written to.
struct ChunkedDataset {
  hdf5::Handle dataset;
  std::string full_name;
  std::size_t element_size;
  std::shared_ptr<OrderedHash> hash;  ///< none if nobody asks for it
  ContentHash* content_hash;          ///< learns it
  std::uint64_t chunks = 0;           ///< that have been added
};

/// Writes chunks in the order in which they come, while several threads compress and hash those that follow. What
/// is written between which other calls of HDF5 depends on what comes alone, so that files are the same bytes
/// for any number of threads.
class ChunkWriter {
 public:
  explicit ChunkWriter(unsigned threads);

  struct Chunk {
    SharedBytes bytes;
    std::size_t size;    ///< bytes
    std::size_t length;  ///< of these are elements; the rest is beyond the dataset's end
  };

  /// Has the dataset's next chunk written, now or later.
  void add(const std::shared_ptr<ChunkedDataset>& target, hdf5::Shape offset, Chunk chunk);

  /// Has the dataset closed and its hash learned when all of its chunks are written.
  void close(const std::shared_ptr<ChunkedDataset>& target);

  /// Writes and closes all that was to be.
  void finish();

 private:
  /// A chunk to be written, or an end of a dataset, which has no chunk.
  struct Pending {
    std::shared_ptr<ChunkedDataset> target;
    hdf5::Shape offset;
    std::shared_future<hdf5::StoredChunk> stored;
    std::shared_future<void> hashed;  // if that is a task of its own
    std::size_t bytes = 0;
  };

  /// The chunk that came last.
  struct Last {
    Chunk chunk{};
    std::size_t element_size = 0;
    std::shared_future<hdf5::StoredChunk> stored;
  };

  bool is_last(const Chunk& chunk, std::size_t element_size) const;
  void write_first();

  std::deque<Pending> pending_;
  std::size_t pending_bytes_ = 0;
  Last last_;
  std::vector<std::optional<hdf5::ChunkEncoder>> encoders_;  // by thread, made when first used
  Workers workers_;                                          // ends before what its tasks use
};

}  // namespace firesweep
