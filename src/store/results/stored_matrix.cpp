#include "results/stored_matrix.hpp"

#include <map>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/experiment/plan.hpp"

#include "content/results_marker.hpp"
#include "results/results_reader.hpp"

namespace firesweep {
namespace {

StoredAxis read_axis(hid_t file, const std::string& name) {
  constexpr hdf5::Count some{1, max_scenarios};
  const hdf5::Handle dataset = hdf5::open_dataset(file, name);
  if (hdf5::element_of(dataset) == hdf5::Element::text) return {name, hdf5::read_text(dataset, some)};
  StoredAxis axis{name, {}};
  if (hdf5::element_of(dataset) == hdf5::Element::i4) {
    for (const std::int32_t value : hdf5::read_all<std::int32_t>(file, name, some))
      axis.labels.push_back(fmt::format("{}", value));
    return axis;
  }
  for (const double value : hdf5::read_all<double>(file, name, some))
    axis.labels.push_back(fmt::format("{}", value));
  return axis;
}

std::uint32_t read_side(hid_t file, const std::string& name) {
  const std::int64_t side = required(hdf5::read_integer_attribute(file, name), name);
  if (side < 1 || side > max_grid_side)
    throw hdf5::Error(fmt::format("make sense of a {} of {}", name, side));
  return static_cast<std::uint32_t>(side);
}

std::uint64_t read_burnable_cells(hid_t file, Extent extent) {
  const auto cells = static_cast<std::int64_t>(extent.cells());
  const std::int64_t burnable = hdf5::read_integer_attribute(file, burnable_cells_attribute).value_or(cells);
  if (burnable < 1 || burnable > cells)
    throw hdf5::Error(fmt::format("make sense of {} burnable cells of {}", burnable, cells));
  return static_cast<std::uint64_t>(burnable);
}

MaybePlacement read_placement(const hdf5::Handle& file) {
  if (!has_array(file, arrays::crs)) return std::nullopt;
  const hdf5::Handle crs = hdf5::open_dataset(file.id(), std::string(arrays::crs.name));
  Placement place;
  double east_of_row = 0.0;
  double north_of_column = 0.0;
  std::istringstream transform(
      required(hdf5::read_text_attribute(crs.id(), geo_transform_attribute), geo_transform_attribute));
  transform >> place.west >> place.cell_width >> east_of_row >> place.north >> north_of_column >>
      place.cell_height;
  place.cell_height = -place.cell_height;
  if (!transform || !(place.cell_width > 0.0) || !(place.cell_height > 0.0))
    throw hdf5::Error("make sense of where its landscape lies");
  place.crs = hdf5::read_text_attribute(crs.id(), wkt_attribute).value_or("");
  place.metres_per_unit = hdf5::read_number_attribute(crs.id(), unit_attribute).value_or(1.0);
  place.convergence = hdf5::read_number_attribute(crs.id(), convergence_attribute).value_or(0.0);
  return place;
}

}  // namespace

hdf5::Shape StoredMatrix::shape(const ArrayRow& array) const {
  expects(array.over == Over::scenarios, "the array is over the scenarios");
  const std::map<const ArrayRow*, hsize_t> lengths = {{&arrays::seed, seeds.size()},
                                                      {&arrays::y, extent.height},
                                                      {&arrays::x, extent.width},
                                                      {&arrays::step, steps}};
  hdf5::Shape all(scenarios.lengths().begin(), scenarios.lengths().end());
  for (const ArrayRow* dimension : array.dimensions()) {
    const auto found = lengths.find(dimension);
    all.push_back(found == lengths.end() ? dimension->fixed_length : found->second);
  }
  return all;
}

std::vector<std::string> StoredMatrix::labels(std::size_t scenario) const {
  const std::vector<std::size_t> places = scenarios.places(scenario);
  std::vector<std::string> labels;
  for (std::size_t axis = 0; axis < places.size(); ++axis) labels.push_back(axes[axis].labels[places[axis]]);
  return labels;
}

StoredMatrix read_matrix(const hdf5::Handle& file) {
  StoredMatrix matrix;
  std::istringstream names(required(hdf5::read_text_attribute(file.id(), "axes"), "axes"));
  std::vector<std::size_t> lengths;
  for (std::string name; names >> name;)
    lengths.push_back(matrix.axes.emplace_back(read_axis(file.id(), name)).labels.size());
  matrix.scenarios = MatrixShape(std::move(lengths));
  const hsize_t scenarios = hdf5::product(matrix.shape(arrays::runs_ok));
  if (scenarios > max_scenarios) throw hdf5::Error(fmt::format("make sense of {} scenarios", scenarios));
  matrix.seeds = hdf5::read_all<std::uint64_t>(file.id(), std::string(arrays::seed.name), {1, max_seeds});
  matrix.extent = {read_side(file.id(), "width"), read_side(file.id(), "height")};
  matrix.placement = read_placement(file);
  matrix.burnable_cells = read_burnable_cells(file.id(), matrix.extent);
  if (has_array(file, arrays::step))
    matrix.steps = hdf5::product(hdf5::shape_of(open_array(file, arrays::step)));
  return matrix;
}

bool has_array(const hdf5::Handle& file, const ArrayRow& array) {
  const bool has_group = array.group.empty() || hdf5::has_link(file.id(), std::string(array.group));
  return has_group && hdf5::has_link(group_of(file, array).id(), std::string(array.name));
}

hdf5::Handle open_array(const hdf5::Handle& file, const ArrayRow& array) {
  return hdf5::open_dataset(group_of(file, array).id(), std::string(array.name));
}

hdf5::Handle group_of(const hdf5::Handle& file, const ArrayRow& array) {
  return hdf5::open_group(file.id(), array.group.empty() ? "/" : std::string(array.group));
}

}  // namespace firesweep
