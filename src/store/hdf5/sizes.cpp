#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "hdf5/hdf5.hpp"

namespace firesweep::hdf5 {

hsize_t product(std::span<const hsize_t> shape) {
  hsize_t elements = 1;
  for (const hsize_t length : shape)
    if (__builtin_mul_overflow(elements, length, &elements)) throw Error("count the elements of a dataset");
  return elements;
}

Shape consecutive_piece(const Shape& shape, hsize_t most) {
  Shape piece(shape.size(), 1);
  hsize_t room = most;
  for (std::size_t i = shape.size(); i-- > 0;) {
    const hsize_t parts = (shape[i] + room - 1) / room;
    if (parts > 1) {  // of even length, so that the last is not a sliver
      piece[i] = (shape[i] + parts - 1) / parts;
      break;
    }
    piece[i] = shape[i];
    room = std::max<hsize_t>(room / std::max<hsize_t>(shape[i], 1), 1);
  }
  return piece;
}

Piece piece_at(hsize_t position, const Shape& shape, const Shape& piece_shape) {
  Piece piece{Shape(shape.size()), piece_shape};
  for (std::size_t i = shape.size(); i-- > 0;) {
    piece.offset[i] = position % shape[i];
    piece.count[i] = std::min(piece_shape[i], shape[i] - piece.offset[i]);
    position /= shape[i];
  }
  return piece;
}

hsize_t expect_count(const Handle& dataset, Count expected) {
  const hsize_t elements = product(shape_of(dataset));
  if (elements < expected.least || elements > expected.most) {
    const std::string wanted = expected.least == expected.most
                                   ? fmt::format("{}", expected.most)
                                   : fmt::format("{} to {}", expected.least, expected.most);
    throw Error(fmt::format("read '{}': it has {} elements where {} are expected", name_of(dataset), elements,
                            wanted));
  }
  constexpr hsize_t harmless = 1 << 20;
  constexpr hsize_t most_of_a_byte = 1032;  // elements that are a byte each, deflated
  if (elements > harmless && elements / most_of_a_byte > H5Dget_storage_size(dataset.id()))
    throw Error(
        fmt::format("read '{}': of its {} elements most are not in the file", name_of(dataset), elements));
  return elements;
}

}  // namespace firesweep::hdf5
