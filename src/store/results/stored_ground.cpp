#include "results/stored_ground.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/ensemble/asset_arrays.hpp"

#include "results/results_reader.hpp"
#include "results/stored_matrix.hpp"

namespace firesweep {
namespace {

/// One layer of all landscapes; empty if the file has none.
template <class T>
std::vector<T> read_layer(const hdf5::Handle& file, const Array<T>& array, std::uint64_t cells) {
  if (!has_array(file, array)) return {};
  return hdf5::read_all<T>(file.id(), std::string(array.name), hdf5::exactly(cells));
}

template <class T>
std::vector<T> part(const std::vector<T>& layers, std::size_t i, std::size_t cells) {
  if (layers.empty()) return {};
  const auto first = layers.begin() + static_cast<std::ptrdiff_t>(i * cells);
  return {first, first + static_cast<std::ptrdiff_t>(cells)};
}

void expect_classes(const std::vector<std::int32_t>& codes, const std::vector<FuelClass>& classes) {
  std::set<std::int32_t> known = {-1};
  for (const FuelClass& fuel : classes) known.insert(fuel.code);
  const bool is_known = std::ranges::all_of(codes, [&](std::int32_t code) { return known.contains(code); });
  if (!is_known) throw hdf5::Error("make sense of 'fuel_code', which has codes without a class");
}

void read_densities(const hdf5::Handle& file, Experiment& experiment) {
  if (!experiment.has_ignition_density()) return;
  const std::vector<NamedIgnitionSet*> sets = ignition_sets(experiment);
  const std::size_t cells = experiment.base.extent.cells();
  const std::vector<float> all = read_layer(file, arrays::ignition_density, sets.size() * cells);
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (sets[i]->drawn_by() == nullptr) continue;
    auto& random = std::get<RandomIgnition>(sets[i]->set);
    std::vector<float> values = part(all, i, cells);
    const bool makes_sense =
        std::ranges::none_of(values, [](float value) { return value < 0.0F || std::isinf(value); });
    if (values.empty() || !makes_sense) throw hdf5::Error("make sense of 'ignition_density'");
    random.among = IgnitionDensity{std::make_shared<const std::vector<float>>(std::move(values))};
  }
}

/// Whether every random set has as many cells as it draws.
void expect_starts(Experiment& experiment) {
  make_start_cells(experiment);
  for (const NamedIgnitionSet* named : ignition_sets(experiment)) {
    if (named->starts && std::get<RandomIgnition>(named->set).count > named->starts->cells())
      throw hdf5::Error("draw as many ignitions as its sets ask for from the cells that it has for them");
  }
}

}  // namespace

void read_asset_sets(const hdf5::Handle& file, Experiment& experiment) {
  for (Assets& assets : experiment.assets) {
    const std::string name(arrays_of(assets).value().name);
    const std::vector<double> values =
        hdf5::read_all<double>(file.id(), name, hdf5::exactly(experiment.base.extent.cells()));
    AssetSet set{.resolution = assets.resolution, .places = {}};
    for (std::uint64_t cell = 0; cell < values.size(); ++cell) {
      if (!(values[cell] >= 0.0 && values[cell] <= assets.total))
        throw hdf5::Error(fmt::format("make sense of '{}', which is {} in a cell", name, values[cell]));
      const auto amount = static_cast<std::uint64_t>(values[cell] / assets.resolution);
      if (amount > 0) set.places.push_back({cell, amount});
    }
    const std::string said = assets.sha256;
    set_read(assets, std::move(set));
    if (assets.sha256 != said)
      throw hdf5::Error(fmt::format("find in '{}' the assets that its runs were made with", name));
  }
}

void read_landscapes(const hdf5::Handle& file, Experiment& experiment) {
  read_densities(file, experiment);
  const std::vector<LandscapeInput*> inputs = landscape_inputs(experiment);
  const std::size_t cells = experiment.base.extent.cells();
  const std::vector<std::int32_t> codes = read_layer(file, arrays::fuel_code, inputs.size() * cells);
  const std::vector<float> elevations = read_layer(file, arrays::elevation, inputs.size() * cells);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    LandscapeLayers layers{experiment.base.extent, part(codes, i, cells), part(elevations, i, cells)};
    expect_classes(layers.fuel, experiment.ground.classes_of(*inputs[i]));
    std::ranges::replace(layers.fuel, -1, missing_fuel);
    if (!inputs[i]->fuel.is_given()) layers.fuel.clear();
    if (!inputs[i]->elevation.is_given()) layers.elevation.clear();
    if (layers.fuel.empty() && layers.elevation.empty())
      throw hdf5::Error("find the layers of its landscapes, 'fuel_code' or 'elevation'");
    inputs[i]->layers = std::make_shared<const LandscapeLayers>(std::move(layers));
    make_landscape(experiment.ground, *inputs[i]);
  }
  expect_starts(experiment);
}

}  // namespace firesweep
