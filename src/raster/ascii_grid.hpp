#pragma once

#include <memory>
#include <string>

#include "raster_source.hpp"

namespace firesweep {

/// Whether a file begins as an ESRI ASCII grid does.
bool is_ascii_grid(const std::string& path);

/// Opens an ESRI ASCII grid. It is read here and not by GDAL, which takes "nan" and "NA" for 0, lets whole numbers over
/// 2^31 wrap, loses an origin of xllcenter with yllcorner, and passes over rows too many. Throws InputError.
std::unique_ptr<RasterSource> open_ascii_grid(const RasterFile& file);

}  // namespace firesweep
