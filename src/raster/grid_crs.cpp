#include "firesweep/raster/grid_crs.hpp"

#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "firesweep/check/input_error.hpp"

#include "coordinate_system.hpp"
#include "ground.hpp"

namespace firesweep {

void set_crs(Placement& placement, Extent extent, const std::string& definition) {
  auto crs = CoordinateSystem::from(definition);
  if (!crs) throw InputError(fmt::format("'{}' is no coordinate system; write e.g. EPSG:28355", definition));
  if (crs->is_geographic() || crs->is_web_mercator())
    throw InputError(
        fmt::format("{} has no cells of one size in metres; name a projected system, e.g. that of the UTM "
                    "zone",
                    crs->name()));
  const RasterHeader header{.path = definition,
                            .extent = extent,
                            .transform = std::array{placement.west, placement.cell_width, 0.0,
                                                    placement.north, 0.0, -placement.cell_height},
                            .crs = std::move(crs),
                            .unit = "",
                            .sources = {}};
  std::vector<Problem> warnings;
  const double own_directions = placement.convergence;
  placement = ground_of(header, LayerKind::fuel, warnings).placement;
  placement.convergence = own_directions;
}

}  // namespace firesweep
