#pragma once

#include "firesweep/experiment/experiment.hpp"

#include "hdf5/hdf5.hpp"

namespace firesweep {

/// Makes the landscapes of an experiment from the layers in its results file, and what its ignition sets are drawn by, so
/// that its fires can burn without the rasters. Throws hdf5::Error if they are not those of the experiment.
void read_landscapes(const hdf5::Handle& file, Experiment& experiment);

/// Reads what lies where of the sets of assets of an experiment of an open results file. Throws hdf5::Error, also where
/// it is not what the experiment says.
void read_asset_sets(const hdf5::Handle& file, Experiment& experiment);

}  // namespace firesweep
