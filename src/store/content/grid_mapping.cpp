#include "content/grid_mapping.hpp"

#include <cmath>

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
  constexpr double same = 1e-9;  // as units are written with some digits
  const auto is_about = [&](double metres) { return std::abs(place.metres_per_unit / metres - 1.0) < same; };
  if (is_about(1.0)) return "m";
  if (is_about(1200.0 / 3937.0)) return "US_survey_foot";
  if (is_about(0.3048)) return "foot";
  return fmt::format("{} m", place.metres_per_unit);
}

}  // namespace firesweep
