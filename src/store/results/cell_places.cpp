#include "results/cell_places.hpp"

#include <numeric>
#include <variant>

#include <fmt/format.h>

#include "content/grid_mapping.hpp"
#include "content/results_marker.hpp"

namespace firesweep {
namespace {

void write_indices(GroupWriter& root, const ArrayRow& array, const ArrayRow& side) {
  std::vector<std::int32_t> numbers(root.length(std::string(side.name)));
  std::iota(numbers.begin(), numbers.end(), 0);
  root.write(array, {std::string(side.name)}, numbers);
}

}  // namespace

void write_sides(GroupWriter& root, const Experiment& experiment) {
  const auto [width, height] = experiment.base.extent;
  if (!experiment.ground.placement) {
    root.index(arrays::y, height);
    root.index(arrays::x, width);
    return;
  }
  const Placement& place = *experiment.ground.placement;
  const auto write = [&](const ArrayRow& array, const char* meaning, std::uint32_t length, double first,
                         double step) {
    std::vector<double> centres(length);
    for (std::uint32_t i = 0; i < length; ++i) centres[i] = first + step * (i + 0.5);
    root.coordinate({array.name, unit_of_places(place), meaning}, std::span<const double>(centres));
    root.attribute_of(std::string(array.name), "standard_name",
                      fmt::format("projection_{}_coordinate", array.name));
  };
  write(arrays::y, "centre of the row of cells, northing", height, place.north, -place.cell_height);
  write(arrays::x, "centre of the column of cells, easting", width, place.west, place.cell_width);
}

void write_places(GroupWriter& root, const Experiment& experiment) {
  if (!experiment.ground.placement) return;
  const Placement& place = *experiment.ground.placement;
  write_indices(root, arrays::column, arrays::x);
  write_indices(root, arrays::row, arrays::y);
  const std::string crs(arrays::crs.name);
  root.write(arrays::crs, {}, std::vector<std::int32_t>{0});
  for (const auto& [name, value] : grid_mapping(place))
    std::visit([&, &attribute = name](const auto& of) { root.attribute_of(crs, attribute, of); }, value);
  root.attribute_of(crs, unit_attribute, place.metres_per_unit);
  root.attribute_of(crs, convergence_attribute, place.convergence);
}

}  // namespace firesweep
