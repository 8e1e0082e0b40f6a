#pragma once

#include "key_rows.hpp"

namespace firesweep {

/// Adds the rows of the keys of rasters.
void add_raster_keys(ExperimentKeys& keys);

/// Adds those of where the landscape lies: as given without rasters, and as found in them.
void add_placement_keys(ExperimentKeys& keys);

}  // namespace firesweep
