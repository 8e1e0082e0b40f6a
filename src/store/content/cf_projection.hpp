#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "firesweep/landscape/placement.hpp"

namespace firesweep {

/// Attributes of a variable: texts and numbers, in their order.
using AttributeValue = std::variant<std::string, std::vector<double>>;
using Attributes = std::vector<std::pair<std::string, AttributeValue>>;

/// The projection of a coordinate system in the words of CF, for readers that know no WKT: `grid_mapping_name`, its
/// parameters and the ellipsoid, in degrees and in the unit of x and y. Empty for projections other than transverse
/// Mercator, Lambert's conformal conic with two standard parallels and azimuthal equal-area ones, and Albers's, or
/// where the definition does not say all of it.
/// Source: CF conventions 1.8, appendix F.
Attributes cf_projection(const Placement& place);

}  // namespace firesweep
