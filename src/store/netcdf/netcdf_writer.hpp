#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "content/cf_projection.hpp"
#include "content/chunk_writer.hpp"
#include "content/group_writer.hpp"
#include "hdf5/hdf5.hpp"
#include "hdf5/new_file.hpp"

namespace firesweep {

/// A netCDF-4 file that is being written, as the HDF5 file that it is: a dimension is a dimension scale. Its
/// text attributes have a fixed length, as those of netCDF-3; GMT and older programs know no other.
class NetcdfWriter {
 public:
  using Dimensions = std::vector<std::string>;

  /// Creates `path`, which must not exist.
  explicit NetcdfWriter(const std::string& path) : file_(path), chunks_(1) {}

  void attribute(const std::string& name, const std::string& value);
  void attribute(const std::string& name, std::int32_t value);

  /// Makes a dimension and its coordinate variable. It has no actual_range: beside node_offset GDAL and GMT
  /// would take that for the outer edges of cells.
  template <class T>
  void coordinate(const std::string& name, const Attributes& attributes, const std::vector<T>& values) {
    write<T>(name, {}, {values.size()}, attributes, [&](std::size_t) { return values; });
    make_dimension(name, name, values.size());
  }

  /// Writes a variable that has no dimension and says what it has to say by its attributes.
  void scalar(const std::string& name, const Attributes& attributes);

  /// Makes a dimension that has no coordinate.
  void dimension(const std::string& name, std::size_t length);

  /// Writes a variable; part(i) is the values at place i of its first dimension. NaN, or -1 of integers, is
  /// its missing value.
  template <class T, class Part>
  void variable(const std::string& name, const Dimensions& dimensions, const Attributes& attributes,
                const Part& part) {
    hdf5::Shape shape;
    for (const std::string& dimension : dimensions) shape.push_back(dimensions_.at(dimension).length);
    write<T>(name, dimensions, shape, attributes, part);
  }

  /// Writes a variable of text, which is filled up with NUL to the length of the dimension `letters`.
  void text(const std::string& name, const std::string& dimension, const std::string& letters,
            const Attributes& attributes, const std::vector<std::string>& values);

  /// Throws hdf5::Error if not all of it could be written.
  void close();

 private:
  struct Dimension {
    hdf5::Handle scale;
    std::size_t length;
  };

  template <class T>
  static constexpr T missing() {
    return std::is_floating_point_v<T> ? std::numeric_limits<T>::quiet_NaN() : static_cast<T>(-1);
  }

  template <class T>
  static bool is_known(T value) {
    if constexpr (std::is_floating_point_v<T>)
      return !std::isnan(value);
    else
      return value != missing<T>();
  }

  template <class T, class Part>
  void write(const std::string& name, const Dimensions& dimensions, const hdf5::Shape& shape,
             const Attributes& attributes, const Part& part) {
    DatasetStream stream = create(name, hdf5::element_of<T>(), shape);
    describe(name, dimensions, attributes);
    const hdf5::Handle dataset = hdf5::open_dataset(file_.id(), name);
    if (!dimensions.empty()) hdf5::write_fill_value(dataset, hdf5::element_of<T>());
    std::array<T, 2> range = {std::numeric_limits<T>::max(), std::numeric_limits<T>::lowest()};
    for (hsize_t written = 0; written < hdf5::product(shape);) {
      const std::vector<T> values = part(static_cast<std::size_t>(written * shape[0] / hdf5::product(shape)));
      for (const T value : values)
        if (is_known(value)) range = {std::min(range[0], value), std::max(range[1], value)};
      stream.append(std::span<const T>(values));
      written += values.size();
    }
    stream.finish();
    if (!dimensions.empty() && range[0] <= range[1])
      write_range(dataset, hdf5::element_of<T>(), range.data());
    file_.expect_written();
  }

  static void write_range(const hdf5::Handle& dataset, hdf5::Element element, const void* two_numbers);
  DatasetStream create(const std::string& name, hdf5::Element element, const hdf5::Shape& shape);
  void describe(const std::string& variable, const Dimensions& dimensions,
                const Attributes& attributes) const;
  void make_dimension(const std::string& name, const std::string& name_of_scale, std::size_t length);

  hdf5::NewFile file_;
  ChunkWriter chunks_;
  std::map<std::string, Dimension> dimensions_;
};

}  // namespace firesweep
