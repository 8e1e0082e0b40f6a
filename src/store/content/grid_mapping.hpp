#pragma once

#include <string>
#include <utility>
#include <vector>

#include "firesweep/landscape/placement.hpp"

namespace firesweep {

/// The attribute by which a variable names its coordinate system.
inline const std::string grid_mapping_attribute = "grid_mapping";

/// The attributes of a variable that says where x and y lie: crs_wkt is CF's, spatial_ref and GeoTransform are those
/// that GDAL, QGIS and rioxarray read.
std::vector<std::pair<std::string, std::string>> grid_mapping(const Placement& place);

}  // namespace firesweep
