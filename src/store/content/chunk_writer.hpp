#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "content/content_hash.hpp"
#include "content/early_datasets.hpp"
#include "content/ordered_hash.hpp"
#include "content/spare_bytes.hpp"
#include "content/verified_encoder.hpp"
#include "content/workers.hpp"
#include "content/written_datasets.hpp"
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
  std::vector<std::string> stored{};  ///< hash_of() those that have been written, if its hash is asked for
  const EarlyDataset* early = nullptr;
};

/// Writes chunks in the order in which they come, while several threads compress and hash those that follow, and
/// see that they decompress to what they were. What is written between which other calls of HDF5 depends on what
/// comes alone, so that files are the same bytes for any number of threads.
class ChunkWriter {
 public:
  /// What is among `early`, which must outlive this, need not be compressed again.
  explicit ChunkWriter(unsigned threads, const EarlyDatasets* early = nullptr);

  /// What there is of such a dataset before it is written, or null.
  const EarlyDataset* early(const std::string& full_name, const hdf5::Shape& shape) const;

  struct Chunk {
    SharedBytes bytes;
    std::size_t size;    ///< bytes
    std::size_t length;  ///< of these are elements; the rest is beyond the dataset's end
  };

  /// Has the dataset's next chunk written, now or later.
  void add(const std::shared_ptr<ChunkedDataset>& target, hdf5::Shape offset, Chunk chunk);

  /// Sets all that is within the dataset.
  using Make = std::function<void(std::span<std::byte>)>;

  /// The same of a chunk that another thread may make; `chunk` says how large it is.
  void add(const std::shared_ptr<ChunkedDataset>& target, hdf5::Shape offset, Chunk chunk, Make make);

  /// Memory for a chunk. Any thread may ask for it.
  std::shared_ptr<std::byte[]> memory(std::size_t bytes) { return spare_.take(bytes); }

  /// Has the dataset closed and its hash learned when all of its chunks are written.
  void close(const std::shared_ptr<ChunkedDataset>& target);

  /// Writes and closes all that was to be. Throws hdf5::Error if some of it cannot be written.
  void finish();

  /// Of the datasets that are finished, those with a hash.
  const WrittenDatasets& written() const { return written_; }

 private:
  /// A chunk to be written, or an end of a dataset, which has no chunk.
  struct Pending {
    std::shared_ptr<ChunkedDataset> target;
    hdf5::Shape offset;
    std::shared_future<std::shared_ptr<const EncodedChunk>> encoded;
    std::size_t bytes = 0;
  };

  void make_room(std::size_t bytes);
  void add_early(const std::shared_ptr<ChunkedDataset>& target, hdf5::Shape offset, std::uint64_t number,
                 const Chunk& chunk, const std::shared_ptr<const EncodedChunk>& encoded);
  void push(Pending pending);
  VerifiedEncoder& encoder(std::size_t thread);
  void write_first();

  SpareBytes spare_;
  std::deque<Pending> pending_;
  std::size_t pending_bytes_ = 0;
  WrittenDatasets written_;
  const EarlyDatasets* early_;
  std::vector<std::optional<VerifiedEncoder>> encoders_;  // by thread, made when first used
  Workers workers_;                                       // ends before what its tasks use
};

}  // namespace firesweep
