#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "firesweep/check/matrix_shape.hpp"
#include "firesweep/model/grid.hpp"
#include "firesweep/store/stored_results.hpp"

#include "hdf5/hdf5.hpp"

namespace firesweep {

/// The dimensions of what a results file holds, as its coordinates and attributes tell.
struct StoredMatrix {
  std::vector<StoredAxis> axes;  ///< seeds apart
  MatrixShape scenarios;
  std::vector<std::uint64_t> seeds;
  Extent extent;  ///< of the landscape

  /// Of a dataset over the scenarios and what follows them.
  hdf5::Shape shape(const hdf5::Shape& more) const;
  hdf5::Shape shape_of_runs() const { return shape({seeds.size()}); }
  hdf5::Shape shape_of_maps() const { return shape({extent.height, extent.width}); }

  /// A scenario's coordinates as text, in the order of the axes.
  std::vector<std::string> labels(std::size_t scenario) const;
};

/// Throws hdf5::Error if the file has no such dimensions.
StoredMatrix read_matrix(const hdf5::Handle& file);

}  // namespace firesweep
