#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "firesweep/check/contract.hpp"

#include "hdf5/hdf5.hpp"

namespace firesweep {

/// A dataset of numbers that is read a stretch of its row-major order at a time. It is fetched and kept in
/// pieces as large as its compressed chunks, so that many short stretches in order cost little.
class StoredColumn {
 public:
  /// Throws hdf5::Error if there is no such dataset of that type and shape.
  StoredColumn(hid_t group, const std::string& name, hdf5::Element element, hdf5::Shape shape);

  /// Reads values.size() elements from the element number `first` on, of which all must exist.
  template <class T>
  void read(hsize_t first, std::span<T> values) {
    expects(hdf5::element_of<T>() == element_, "a dataset's elements are of one type");
    read_bytes(first, std::as_writable_bytes(values));
  }

 private:
  void read_bytes(hsize_t first, std::span<std::byte> bytes);
  void fetch(hsize_t position);

  hdf5::Handle dataset_;
  hdf5::Element element_;
  hdf5::Shape shape_;
  hdf5::Shape piece_shape_;
  hsize_t begin_ = 0;  // of what is kept [elements]
  hsize_t end_ = 0;
  std::vector<std::byte> piece_;  // what is kept
};

/// Opens a dataset. Throws hdf5::Error if there is none of that shape whose elements may be read as that
/// type.
hdf5::Handle open_shaped(hid_t group, const std::string& name, hdf5::Element element,
                         const hdf5::Shape& shape);

}  // namespace firesweep
