#include "content/grid_mapping.hpp"

#include <fmt/format.h>

#include "content/results_marker.hpp"

namespace firesweep {

std::vector<std::pair<std::string, std::string>> grid_mapping(const Placement& place) {
  std::vector<std::pair<std::string, std::string>> attributes;
  if (!place.crs.empty()) attributes = {{wkt_attribute, place.crs}, {"spatial_ref", place.crs}};
  attributes.emplace_back(
      geo_transform_attribute,
      fmt::format("{} {} 0 {} 0 {}", place.west, place.cell_width, place.north, -place.cell_height));
  return attributes;
}

}  // namespace firesweep
