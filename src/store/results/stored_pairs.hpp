#pragma once

#include <cstddef>

#include "firesweep/ensemble/results.hpp"

#include "hdf5/hdf5.hpp"
#include "results/stored_matrix.hpp"

namespace firesweep {

/// What a file knows, cell by cell, of the fires of a scenario and those of an earlier one on an axis; `pair` is the place of
/// the two values among the axis' pairs, and the scenario has the later. Throws hdf5::Error if the file has no such maps, or
/// they make no sense.
PairMaps read_pair_maps(const hdf5::Handle& file, const StoredMatrix& matrix, std::size_t axis,
                        std::size_t pair, std::size_t scenario);

}  // namespace firesweep
