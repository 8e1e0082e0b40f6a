#include "content/grid_mapping.hpp"

#include <fmt/format.h>

#include "content/results_marker.hpp"

namespace firesweep {

Attributes grid_mapping(const Placement& place) {
  Attributes attributes = cf_projection(place);
  if (!place.crs.empty()) {
    attributes.emplace_back(wkt_attribute, place.crs);
    attributes.emplace_back("spatial_ref", place.crs);
  }
  attributes.emplace_back(
      geo_transform_attribute,
      fmt::format("{} {} 0 {} 0 {}", place.west, place.cell_width, place.north, -place.cell_height));
  return attributes;
}

std::string unit_of_places(const Placement& place) {
  return place.metres_per_unit == 1.0 ? "m" : fmt::format("{} m", place.metres_per_unit);
}

}  // namespace firesweep
