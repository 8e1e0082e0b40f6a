#pragma once

#include <string>
#include <utility>
#include <vector>

namespace firesweep {

/// What reads rasters, and the versions of it that this process has loaded: (name, value) pairs gdal_version and
/// proj_version. Empty where nothing has needed them; asking loads nothing.
std::vector<std::pair<std::string, std::string>> raster_libraries();

}  // namespace firesweep
