#pragma once

#include <vector>

#include "firesweep/experiment/experiment.hpp"
#include "firesweep/store/stored_ensemble.hpp"

#include "hdf5/hdf5.hpp"

namespace firesweep {

/// Throws hdf5::Error unless the root's attributes and coordinates are those of the experiment in the file.
/// Lengths are compared before anything is read, so that whoever reads a coordinate afterwards knows how long
/// it is.
void expect_root_of(const hdf5::Handle& file, const Experiment& experiment);

/// Throws hdf5::Error unless the root's attributes count the runs as its datasets do.
void expect_totals(const hdf5::Handle& file, const std::vector<RunCounts>& counts);

/// Gives an experiment whose seeds grow those that a file has.
void grow_seeds(const hdf5::Handle& file, Experiment& experiment);

/// The seeds that each scenario has in a file, as Plan::stages(), of such an experiment; none of another.
std::vector<std::size_t> read_stages(const hdf5::Handle& file, const Experiment& experiment);

}  // namespace firesweep
