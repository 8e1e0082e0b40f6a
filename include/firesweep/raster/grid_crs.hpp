#pragma once

#include <string>

#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"

namespace firesweep {

/// Puts a grid that no raster describes into a coordinate system: "EPSG:28355", WKT or a PROJ string. Sets its crs and
/// metres_per_unit, not its convergence, as directions on such a grid are its own. Throws InputError, without a place,
/// where that is none, or none in which the grid has cells of one size in metres.
void set_crs(Placement& placement, Extent extent, const std::string& definition);

}  // namespace firesweep
