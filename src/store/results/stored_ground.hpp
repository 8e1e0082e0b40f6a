#pragma once

#include "firesweep/experiment/experiment.hpp"

#include "hdf5/hdf5.hpp"

namespace firesweep {

/// Makes the landscapes of an experiment from the layers in its results file, so that its fires can burn without the
/// rasters. Throws hdf5::Error if they are not those of the experiment.
void read_landscapes(const hdf5::Handle& file, Experiment& experiment);

}  // namespace firesweep
