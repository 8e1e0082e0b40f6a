#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firesweep/landscape/placement.hpp"
#include "firesweep/model/grid.hpp"

namespace firesweep {

/// 1 for the cells whose centre is inside of a polygon of the file, else 0. Nothing if the file is none of vectors.
/// Throws InputError as read_perimeter() does.
std::optional<std::vector<std::uint8_t>> cells_of_polygons(const std::string& path, Extent extent,
                                                           const MaybePlacement& placement);

}  // namespace firesweep
