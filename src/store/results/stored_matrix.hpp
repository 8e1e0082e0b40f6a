#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "firesweep/check/matrix_shape.hpp"
#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"
#include "firesweep/store/stored_results.hpp"

#include "hdf5/hdf5.hpp"
#include "results/stored_column.hpp"

namespace firesweep {

/// The dimensions of what a results file holds, as its coordinates and attributes tell.
struct StoredMatrix {
  std::vector<StoredAxis> axes;  ///< seeds apart
  MatrixShape scenarios;
  std::vector<std::uint64_t> seeds;
  std::uint64_t burnable_cells = 0;  ///< what burn fractions are of
  MaybePlacement placement;          ///< of the landscape on the ground
  Extent extent;                     ///< of the landscape
  hsize_t steps = 0;                 ///< of curves, 0 if there are none

  /// Of an array over the scenarios.
  hdf5::Shape shape(const ArrayRow& array) const;

  /// A scenario's coordinates as text, in the order of the axes.
  std::vector<std::string> labels(std::size_t scenario) const;
};

/// Throws hdf5::Error if the file has no such dimensions.
StoredMatrix read_matrix(const hdf5::Handle& file);

/// Whether the file has the array.
bool has_array(const hdf5::Handle& file, const ArrayRow& array);

/// The group that an array lies in. Throws hdf5::Error if the file has none such.
hdf5::Handle group_of(const hdf5::Handle& file, const ArrayRow& array);

/// Opens an array. Throws hdf5::Error if there is none.
hdf5::Handle open_array(const hdf5::Handle& file, const ArrayRow& array);

/// Opens one over the scenarios. Throws hdf5::Error if there is none that fits the matrix.
template <class T>
StoredColumn open_column(const hdf5::Handle& file, const Array<T>& array, const StoredMatrix& matrix) {
  return {group_of(file, array).id(), std::string(array.name), hdf5::element_of<T>(), matrix.shape(array)};
}

/// Reads the map of a scenario, shape (height, width). Throws hdf5::Error.
template <class T>
std::vector<T> read_map(const hdf5::Handle& file, const Array<T>& array, const StoredMatrix& matrix,
                        std::size_t scenario) {
  const hdf5::Shape shape = matrix.shape(array);
  const hdf5::Handle dataset =
      open_shaped(group_of(file, array).id(), std::string(array.name), hdf5::element_of<T>(), shape);
  hdf5::Piece piece{hdf5::Shape(shape.size(), 0), hdf5::Shape(shape.size(), 1)};
  std::ranges::copy(matrix.scenarios.places(scenario), piece.offset.begin());
  std::copy(shape.end() - 2, shape.end(), piece.count.end() - 2);
  std::vector<T> map(hdf5::product(piece.count));
  hdf5::read_piece(dataset, hdf5::element_of<T>(), piece, map.data());
  return map;
}

}  // namespace firesweep
