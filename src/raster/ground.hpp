#pragma once

#include <string>
#include <vector>

#include "firesweep/landscape/placement.hpp"

#include "raster_source.hpp"

namespace firesweep {

/// Where a raster lies on the ground.
struct RasterGround {
  Placement placement;
  bool is_south_up = false;  ///< the file's first row is the southernmost
  double least_point_scale = 1.0;
  double most_point_scale = 1.0;
};

/// Throws InputError, with the command that mends it, unless the cells of the raster have one size in metres and lie
/// along the axes of its coordinate system.
RasterGround ground_of(const RasterHeader& header, LayerKind kind, std::vector<Problem>& warnings);

/// Throws InputError, naming every difference and the command that mends it, unless `raster` has the cells of the
/// grid of `owner`.
void expect_same_grid(const std::string& owner, Extent extent, const Placement& grid,
                      const RasterHeader& raster, LayerKind kind);

}  // namespace firesweep
