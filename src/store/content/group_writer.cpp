#include "content/group_writer.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

#include <fmt/format.h>

#include "content/results_marker.hpp"

namespace firesweep {
namespace {

/// Datasets of so few elements lie in one stretch: a chunk would cost more than it saves.
constexpr hsize_t tiny = 1024;

/// How a dataset is cut into compressed chunks of consecutive elements. A chunk of a map stays within one
/// scenario, so that a map is read without its neighbours.
hdf5::Shape chunk_of(const hdf5::Shape& shape, const GroupWriter::Dimensions& dimensions) {
  const auto y = std::find(dimensions.begin(), dimensions.end(), arrays::y.name);
  if (y == dimensions.end() || y == dimensions.begin()) return hdf5::consecutive_piece(shape, 1 << 16);
  const auto before = y - dimensions.begin();
  const hdf5::Shape map = hdf5::consecutive_piece({shape.begin() + before, shape.end()}, 1 << 20);
  hdf5::Shape chunk(static_cast<std::size_t>(before), 1);
  chunk.insert(chunk.end(), map.begin(), map.end());
  return chunk;
}

}  // namespace

DatasetStream::DatasetStream(hdf5::Handle dataset, std::string full_name, hdf5::Element element,
                             hdf5::Shape shape, hdf5::Shape chunk, ContentHash* hash)
    : dataset_(std::move(dataset)),
      full_name_(std::move(full_name)),
      element_(element),
      shape_(std::move(shape)),
      chunk_(std::move(chunk)),
      content_hash_(hash),
      hash_(full_name_, element_, shape_) {
  waiting_.reserve(hdf5::product(chunk_) * hdf5::size_of(element_));
}

void DatasetStream::append_bytes(std::span<const std::byte> bytes) {
  if (content_hash_ != nullptr) hash_.add(bytes);
  while (!bytes.empty()) {
    expects(written_ < hdf5::product(shape_), "no more is written than a dataset holds");
    const hdf5::Piece piece = hdf5::piece_at(written_, shape_, chunk_);
    const hsize_t elements = hdf5::product(piece.count);
    const std::size_t wanted = elements * hdf5::size_of(element_) - waiting_.size();
    const std::size_t taken = std::min(wanted, bytes.size());
    waiting_.insert(waiting_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(taken));
    bytes = bytes.subspan(taken);
    if (taken < wanted) return;
    hdf5::write_piece(dataset_, element_, piece, waiting_.data());
    written_ += elements;
    waiting_.clear();
  }
}

void DatasetStream::finish() {
  expects(written_ == hdf5::product(shape_), "all of a dataset is written");
  dataset_.close(fmt::format("write '{}'", full_name_));
  if (content_hash_ != nullptr) content_hash_->add(full_name_, hash_.hex());
}

GroupWriter::GroupWriter(hdf5::Handle group, ContentHash* hash)
    : GroupWriter(std::move(group), "", hash, nullptr) {}

GroupWriter::GroupWriter(hdf5::Handle group, std::string prefix, ContentHash* hash, const GroupWriter* parent)
    : group_(std::move(group)), prefix_(std::move(prefix)), hash_(hash), parent_(parent) {}

GroupWriter GroupWriter::create_group(std::string_view name, ContentHash* hash) const {
  const std::string text(name);
  return {hdf5::create_group(group_.id(), text), prefix_ + text + "/", hash, this};
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
  const bool is_tiny = hdf5::product(shape) <= tiny;
  const hdf5::Shape chunk = chunk_of(shape, dimensions);
  hdf5::Handle dataset =
      hdf5::create_dataset(group_.id(), variable.name, element, shape, is_tiny ? hdf5::Shape{} : chunk);
  describe(dataset, variable);
  return {std::move(dataset), prefix_ + variable.name, element, shape, chunk, hash_};
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
