#pragma once

#include <string>

#include "firesweep/landscape/placement.hpp"

#include "content/cf_projection.hpp"

namespace firesweep {

/// The attribute by which a variable names its coordinate system.
inline const std::string grid_mapping_attribute = "grid_mapping";

/// The attributes of a variable that says where x and y lie: those of CF, and spatial_ref and GeoTransform, which GDAL,
/// QGIS and rioxarray read.
Attributes grid_mapping(const Placement& place);

/// The unit of x and y, as UDUNITS has it.
std::string unit_of_places(const Placement& place);

}  // namespace firesweep
