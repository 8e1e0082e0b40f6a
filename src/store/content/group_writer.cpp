#include "content/group_writer.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "content/results_marker.hpp"

namespace firesweep {
namespace {

/// Datasets of so few elements lie in one stretch: a chunk would cost more than it saves.
constexpr hsize_t tiny = 1024;

}  // namespace

bool is_in_chunks(const hdf5::Shape& shape) {
  return hdf5::product(shape) > tiny;
}

// A chunk of a map stays within one scenario, so that a map is read without its neighbours.
hdf5::Shape chunk_of(const hdf5::Shape& shape, const std::vector<std::string>& dimensions) {
  const auto y = std::find(dimensions.begin(), dimensions.end(), arrays::y.name);
  if (y == dimensions.end() || y == dimensions.begin()) return hdf5::consecutive_piece(shape, 1 << 16);
  const auto before = y - dimensions.begin();
  const hdf5::Shape map = hdf5::consecutive_piece({shape.begin() + before, shape.end()}, 1 << 20);
  hdf5::Shape chunk(static_cast<std::size_t>(before), 1);
  chunk.insert(chunk.end(), map.begin(), map.end());
  return chunk;
}

DatasetStream::DatasetStream(hdf5::Handle dataset, std::string full_name, hdf5::Element element,
                             hdf5::Shape shape, hdf5::Shape piece, Storage storage, ContentHash* hash,
                             ChunkWriter& chunks)
    : target_(std::make_shared<ChunkedDataset>(
          ChunkedDataset{std::move(dataset), std::move(full_name), hdf5::size_of(element), nullptr, hash})),
      element_(element),
      shape_(std::move(shape)),
      piece_(std::move(piece)),
      piece_bytes_(hdf5::product(piece_) * target_->element_size),
      storage_(storage),
      chunks_(&chunks) {
  target_->early = storage == Storage::chunked ? chunks.early(target_->full_name, shape_) : nullptr;
  if (hash == nullptr) return;
  target_->hash = target_->early != nullptr
                      ? std::make_shared<OrderedHash>(target_->early->hash, target_->early->hashed)
                      : std::make_shared<OrderedHash>(DatasetHash(target_->full_name, element_, shape_));
}

void DatasetStream::append_bytes(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    expects(written_ < hdf5::product(shape_), "no more is written than a dataset holds");
    if (!waiting_) waiting_ = chunks_->memory(piece_bytes_);
    const hdf5::Piece piece = hdf5::piece_at(written_, shape_, piece_);
    const hsize_t elements = hdf5::product(piece.count);
    const std::size_t wanted = elements * target_->element_size - waiting_bytes_;
    const std::size_t taken = std::min(wanted, bytes.size());
    std::memcpy(waiting_.get() + waiting_bytes_, bytes.data(), taken);
    waiting_bytes_ += taken;
    bytes = bytes.subspan(taken);
    if (taken < wanted) return;
    write_waiting(piece);
    written_ += elements;
  }
}

void DatasetStream::append_made_bytes(std::size_t count, const Make& make) {
  expects(!waiting_, "what is made begins with a chunk");
  if (storage_ == Storage::contiguous) {
    std::vector<std::byte> bytes(count * target_->element_size);
    make(0, bytes);
    return append_bytes(bytes);
  }
  for (std::size_t first = 0; first < count;) {
    const hdf5::Piece piece = hdf5::piece_at(written_, shape_, piece_);
    const hsize_t elements = hdf5::product(piece.count);
    expects(first + elements <= count, "what is made ends with a chunk");
    const std::size_t length = elements * target_->element_size;
    chunks_->add(target_, piece.offset, {nullptr, piece_bytes_, length},
                 [make, first](std::span<std::byte> bytes) { make(first, bytes); });
    written_ += elements;
    first += elements;
  }
}

void DatasetStream::write_waiting(const hdf5::Piece& piece) {
  const std::size_t length = std::exchange(waiting_bytes_, 0);
  if (storage_ == Storage::chunked) {
    // HDF5's chunks are whole, and a piece is the beginning of one.
    std::memset(waiting_.get() + length, 0, piece_bytes_ - length);
    return chunks_->add(target_, piece.offset, {std::move(waiting_), piece_bytes_, length});
  }
  hdf5::write_piece(target_->dataset, element_, piece, waiting_.get());
  if (target_->hash) target_->hash->add(target_->chunks++, std::move(waiting_), length);
}

void DatasetStream::finish() {
  expects(written_ == hdf5::product(shape_), "all of a dataset is written");
  chunks_->close(target_);
}

GroupWriter::GroupWriter(hdf5::Handle group, ContentHash* hash, ChunkWriter& chunks)
    : GroupWriter(std::move(group), "", hash, chunks, nullptr) {}

GroupWriter::GroupWriter(hdf5::Handle group, std::string prefix, ContentHash* hash, ChunkWriter& chunks,
                         const GroupWriter* parent)
    : group_(std::move(group)), prefix_(std::move(prefix)), hash_(hash), chunks_(&chunks), parent_(parent) {}

GroupWriter GroupWriter::create_group(std::string_view name, ContentHash* hash) const {
  const std::string text(name);
  return {hdf5::create_group(group_.id(), text), prefix_ + text + "/", hash, *chunks_, this};
}

void GroupWriter::coordinate(const Variable& variable, const std::vector<std::string>& values) {
  write(variable, {}, values);
  make_dimension(variable.name, values.size());
}

void GroupWriter::index(const Variable& variable, std::size_t length) {
  std::vector<std::int32_t> values(length);
  std::iota(values.begin(), values.end(), 0);
  coordinate(variable, std::span<const std::int32_t>(values));
}

void GroupWriter::write(const Variable& variable, const Dimensions& dimensions,
                        const std::vector<std::string>& values) {
  const hdf5::Shape shape = {values.size()};
  hdf5::Handle dataset =
      hdf5::create_dataset(group_.id(), variable.name, hdf5::Element::text, shape, hdf5::Shape{});
  describe(dataset, variable);
  hdf5::write_text(dataset, values);
  dataset.close(fmt::format("write '{}'", prefix_ + variable.name));
  if (!dimensions.empty()) attach(variable.name, dimensions);
  if (hash_ == nullptr) return;
  DatasetHash hash(prefix_ + variable.name, hdf5::Element::text, shape);
  hash.add(values);
  hash_->add(prefix_ + variable.name, hash.hex());
}

DatasetStream GroupWriter::create(const Variable& variable, hdf5::Element element, const hdf5::Shape& shape,
                                  const Dimensions& dimensions) {
  const bool is_chunked = is_in_chunks(shape);
  const hdf5::Shape chunk = chunk_of(shape, dimensions);
  hdf5::Handle dataset =
      hdf5::create_dataset(group_.id(), variable.name, element, shape, is_chunked ? chunk : hdf5::Shape{});
  describe(dataset, variable);
  const auto storage = is_chunked ? DatasetStream::Storage::chunked : DatasetStream::Storage::contiguous;
  return {std::move(dataset), prefix_ + variable.name, element, shape, chunk, storage, hash_, *chunks_};
}

void GroupWriter::describe(const hdf5::Handle& dataset, const Variable& variable) const {
  hdf5::write_attribute(dataset.id(), "units", variable.units);
  hdf5::write_attribute(dataset.id(), "long_name", variable.long_name);
  if (hash_ != nullptr) hdf5::write_attribute(dataset.id(), covered_by_attribute, hash_->name());
}

void GroupWriter::make_dimension(const std::string& name, std::size_t length) {
  hdf5::Handle dataset = hdf5::open_dataset(group_.id(), name);
  hdf5::make_scale(dataset, name);
  scales_.emplace(name, Scale{std::move(dataset), length});
}

void GroupWriter::attach(const std::string& dataset, const Dimensions& dimensions) {
  const hdf5::Handle handle = hdf5::open_dataset(group_.id(), dataset);
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    hdf5::attach_scale(handle, scale(dimensions[i]).dataset, static_cast<unsigned>(i));
  }
}

bool GroupWriter::has_dimension(const std::string& name) const {
  return scales_.contains(name) || (parent_ != nullptr && parent_->has_dimension(name));
}

const GroupWriter::Scale& GroupWriter::scale(const std::string& dimension) const {
  if (const auto found = scales_.find(dimension); found != scales_.end()) return found->second;
  expects(parent_ != nullptr, "a dimension is made before it is used");
  return parent_->scale(dimension);
}

hdf5::Shape GroupWriter::shape_of(const Dimensions& dimensions) const {
  hdf5::Shape shape(dimensions.size());
  std::transform(dimensions.begin(), dimensions.end(), shape.begin(),
                 [this](const std::string& dimension) { return length(dimension); });
  return shape;
}

}  // namespace firesweep
