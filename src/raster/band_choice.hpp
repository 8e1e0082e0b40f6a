#pragma once

#include <gdal.h>

#include "raster_source.hpp"

namespace firesweep {

/// The number of the band that is meant. Throws InputError if there is none, or more than one.
int chosen_band(GDALDatasetH dataset, const RasterFile& file, LayerKind kind);

}  // namespace firesweep
