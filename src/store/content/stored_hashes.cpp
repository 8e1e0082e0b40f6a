#include "content/stored_hashes.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <future>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "firesweep/experiment/plan.hpp"

#include "content/content_hash.hpp"
#include "content/ordered_hash.hpp"
#include "content/results_marker.hpp"
#include "content/spare_bytes.hpp"
#include "content/workers.hpp"
#include "hdf5/chunk_codec.hpp"
#include "hdf5/chunks.hpp"

namespace firesweep {
namespace {

/// Reads datasets, which others meanwhile decompress and hash.
class DatasetHasher {
 public:
  DatasetHasher(unsigned threads, const WrittenDatasets& written)
      : written_(written), decoders_(std::max(threads, 1U)), workers_(threads) {}

  /// Has `content_hash` learn the hash of a dataset, until finish() at the latest.
  void add(const hdf5::Handle& dataset, const std::string& full_name, ContentHash& content_hash) {
    const hdf5::Element element = hdf5::element_of(dataset);
    const hdf5::Shape shape = hdf5::shape_of(dataset);
    hdf5::expect_count(dataset, hdf5::at_most(std::numeric_limits<hsize_t>::max()));
    DatasetHash hash(full_name, element, shape);
    if (const auto chunk = hdf5::plain_chunks(dataset)) {
      if (const auto known = written_.find(full_name); known != written_.end()) {
        compare_chunks(dataset, shape, *chunk, hdf5::size_of(element), known->second);
        content_hash.add(full_name, known->second.hash);
        return;
      }
      auto ordered = std::make_shared<OrderedHash>(std::move(hash));
      add_chunks(dataset, shape, *chunk, hdf5::size_of(element), ordered);
      hashed_.push_back({full_name, &content_hash, std::move(ordered)});
      return;
    }
    if (element == hdf5::Element::text)
      hash.add(hdf5::read_text(dataset, hdf5::at_most(max_scenarios)));
    else
      add_pieces(dataset, element, shape, hash);
    content_hash.add(full_name, hash.hex());
  }

  void finish() {
    while (!working_.empty()) finish_first();
    for (const Hashed& dataset : hashed_) dataset.content_hash->add(dataset.full_name, dataset.hash->hex());
    hashed_.clear();
  }

 private:
  struct Hashed {
    std::string full_name;
    ContentHash* content_hash;
    std::shared_ptr<OrderedHash> hash;
  };

  /// Has work(number, stored, elements, thread) called with every chunk as it lies in the file.
  template <class Work>
  void for_each_chunk(const hdf5::Handle& dataset, const hdf5::Shape& shape, const hdf5::Shape& chunk,
                      std::size_t chunk_bytes, const Work& work) {
    std::uint64_t number = 0;
    for (hsize_t position = 0; position < hdf5::product(shape); ++number) {
      const hdf5::Piece piece = hdf5::piece_at(position, shape, chunk);
      const hsize_t elements = hdf5::product(piece.count);
      while (working_.size() >= 2 * workers_.size()) finish_first();
      auto stored =
          std::make_shared<const hdf5::StoredChunk>(hdf5::read_chunk(dataset, piece.offset, chunk_bytes));
      working_.push_back(
          workers_.start([work, number, stored = std::move(stored), elements](std::size_t thread) {
            work(number, *stored, elements, thread);
          }));
      position += elements;
    }
  }

  void add_chunks(const hdf5::Handle& dataset, const hdf5::Shape& shape, const hdf5::Shape& chunk,
                  std::size_t element_size, const std::shared_ptr<OrderedHash>& hash) {
    const std::size_t bytes = hdf5::product(chunk) * element_size;
    for_each_chunk(dataset, shape, chunk, bytes,
                   [this, hash, bytes, element_size](std::uint64_t number, const hdf5::StoredChunk& stored,
                                                     hsize_t elements, std::size_t thread) {
                     std::optional<hdf5::ChunkDecoder>& decoder = decoders_[thread];
                     if (!decoder) decoder.emplace();
                     auto decoded = spare_.take(bytes);
                     decoder->decode(stored, element_size, std::span(decoded.get(), bytes));
                     hash->add(number, std::move(decoded), elements * element_size);
                   });
  }

  void compare_chunks(const hdf5::Handle& dataset, const hdf5::Shape& shape, const hdf5::Shape& chunk,
                      std::size_t element_size, const WrittenDataset& written) {
    for_each_chunk(dataset, shape, chunk, hdf5::product(chunk) * element_size,
                   [&written](std::uint64_t number, const hdf5::StoredChunk& stored, hsize_t, std::size_t) {
                     if (number >= written.stored.size() || hash_of(stored) != written.stored[number])
                       throw hdf5::Error("read back what was written: a chunk differs");
                   });
  }

  /// What HDF5 reads.
  static void add_pieces(const hdf5::Handle& dataset, hdf5::Element element, const hdf5::Shape& shape,
                         DatasetHash& hash) {
    constexpr hsize_t at_once = 1 << 20;  // elements
    const hdf5::Shape piece_shape = hdf5::consecutive_piece(shape, at_once);
    std::vector<std::byte> bytes(hdf5::product(piece_shape) * hdf5::size_of(element));
    for (hsize_t position = 0; position < hdf5::product(shape);) {
      const hdf5::Piece piece = hdf5::piece_at(position, shape, piece_shape);
      const hsize_t elements = hdf5::product(piece.count);
      hdf5::read_piece(dataset, element, piece, bytes.data());
      hash.add(std::span(bytes).first(elements * hdf5::size_of(element)));
      position += elements;
    }
  }

  void finish_first() {
    const std::shared_future<void> first = std::move(working_.front());
    working_.pop_front();
    workers_.result_of(first);
  }

  const WrittenDatasets& written_;
  SpareBytes spare_;
  std::vector<Hashed> hashed_;
  std::deque<std::shared_future<void>> working_;
  std::vector<std::optional<hdf5::ChunkDecoder>> decoders_;  // by thread, made when first used
  Workers workers_;                                          // ends before what its tasks use
};

/// Adds the datasets of a group to the hashes that cover them. In files of format 1 there is one, of all.
void add_datasets(hid_t group, const std::string& prefix, bool is_format_1, ContentHashes& hashes,
                  DatasetHasher& hasher) {
  for (const std::string& name : hdf5::dataset_names(group)) {
    const hdf5::Handle dataset = hdf5::open_dataset(group, name);
    const auto covered_by = hdf5::read_text_attribute(dataset.id(), covered_by_attribute);
    for (ContentHash* hash : {&hashes.content, &hashes.estimates})
      if (is_format_1 ? hash == &hashes.content : covered_by == hash->name())
        hasher.add(dataset, prefix + name, *hash);
  }
}

/// Adds the attribute of that full name if there is one.
void add_attribute(const hdf5::Handle& file, const std::string& full_name, ContentHash& hash) {
  const std::size_t slash = full_name.find('/');
  const std::string group_name = slash == std::string::npos ? "/" : full_name.substr(0, slash);
  if (group_name != "/" && !hdf5::has_link(file.id(), group_name)) return;
  const hdf5::Handle group = hdf5::open_group(file.id(), group_name);
  const std::string name = slash == std::string::npos ? full_name : full_name.substr(slash + 1);
  if (const auto text = hdf5::read_text_attribute(group.id(), name)) hash.add_attribute(full_name, *text);
  if (const auto integer = hdf5::read_integer_attribute(group.id(), name))
    hash.add_attribute(full_name, *integer);
  if (const auto number = hdf5::read_number_attribute(group.id(), name))
    hash.add_attribute(full_name, *number);
}

}  // namespace

StoredHashes hashes_of(const hdf5::Handle& file, unsigned threads, const WrittenDatasets& written) {
  const bool is_format_1 = hdf5::read_integer_attribute(file.id(), format_version_attribute) == 1;
  ContentHashes hashes;
  DatasetHasher hasher(threads, written);
  add_datasets(file.id(), "", is_format_1, hashes, hasher);
  for (const std::string& name : hdf5::group_names(file.id())) {
    if (std::ranges::find(volatile_groups, name) != volatile_groups.end()) continue;
    add_datasets(hdf5::open_group(file.id(), name).id(), name + "/", is_format_1, hashes, hasher);
  }
  hasher.finish();
  if (is_format_1) return {hashes.content.hex(), ""};
  for (const std::string& name : content_attributes) add_attribute(file, name, hashes.content);
  for (const std::string& name : estimates_attributes) add_attribute(file, name, hashes.estimates);
  return {hashes.content.hex(), hashes.estimates.hex()};
}

StoredHashes hashes_of(const hdf5::Handle& file, unsigned threads) {
  return hashes_of(file, threads, {});
}

StoredHashes hashes_of(const hdf5::Handle& file) {
  constexpr unsigned enough = 4;
  return hashes_of(file, std::clamp(std::thread::hardware_concurrency(), 1U, enough));
}

StoredHashes claimed_hashes(const hdf5::Handle& file) {
  return {hdf5::read_text_attribute(file.id(), content_hash_attribute).value_or(""),
          hdf5::read_text_attribute(file.id(), estimates_hash_attribute).value_or("")};
}

}  // namespace firesweep
