#include "results/stored_column.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <fmt/format.h>

namespace firesweep {
namespace {

/// As in the writer's chunks, so that every chunk is fetched once.
constexpr hsize_t piece_elements = 1 << 16;

}  // namespace

hdf5::Handle open_shaped(hid_t group, const std::string& name, hdf5::Element element,
                         const hdf5::Shape& shape) {
  hdf5::Handle dataset = hdf5::open_dataset(group, name);
  if (!hdf5::may_be_read_as(hdf5::element_of(dataset), element) || hdf5::shape_of(dataset) != shape)
    throw hdf5::Error(fmt::format("make '{}' fit the matrix of its experiment", name));
  return dataset;
}

StoredColumn::StoredColumn(hid_t group, const std::string& name, hdf5::Element element, hdf5::Shape shape)
    : dataset_(open_shaped(group, name, element, shape)),
      element_(element),
      shape_(std::move(shape)),
      piece_shape_(hdf5::consecutive_piece(shape_, piece_elements)) {}

void StoredColumn::fetch(hsize_t position) {
  hdf5::Piece piece = hdf5::piece_at(position, shape_, piece_shape_);
  begin_ = 0;
  for (std::size_t i = 0; i < shape_.size(); ++i) {
    piece.offset[i] -= piece.offset[i] % piece_shape_[i];
    piece.count[i] = std::min(piece_shape_[i], shape_[i] - piece.offset[i]);
    begin_ = begin_ * shape_[i] + piece.offset[i];
  }
  end_ = begin_;  // nothing is kept should reading fail
  const hsize_t elements = hdf5::product(piece.count);
  piece_.resize(elements * hdf5::size_of(element_));
  hdf5::read_piece(dataset_, element_, piece, piece_.data());
  end_ = begin_ + elements;
}

void StoredColumn::read_bytes(hsize_t first, std::span<std::byte> bytes) {
  const std::size_t size = hdf5::size_of(element_);
  expects(first + bytes.size() / size <= hdf5::product(shape_), "what is read lies within the dataset");
  while (!bytes.empty()) {
    if (first < begin_ || first >= end_) fetch(first);
    const std::size_t taken = std::min<std::size_t>(bytes.size(), (end_ - first) * size);
    std::memcpy(bytes.data(), piece_.data() + (first - begin_) * size, taken);
    bytes = bytes.subspan(taken);
    first += taken / size;
  }
}

}  // namespace firesweep
