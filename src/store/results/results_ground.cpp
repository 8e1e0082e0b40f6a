#include <algorithm>
#include <limits>

#include "content/grid_mapping.hpp"
#include "content/results_marker.hpp"
#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// What GDAL, QGIS and rioxarray know a grid by.
void write_crs(GroupWriter& root, const Placement& place) {
  const std::string name(arrays::crs.name);
  root.write(arrays::crs, {}, std::vector<std::int32_t>{0});
  for (const auto& [attribute, value] : grid_mapping(place)) root.attribute_of(name, attribute, value);
  root.attribute_of(name, unit_attribute, place.metres_per_unit);
  root.attribute_of(name, convergence_attribute, place.convergence);
}

void write_numbers(const ResultsContent& content, const Array<std::int32_t>& array, std::size_t length) {
  std::vector<std::int32_t> numbers(length);
  for (std::size_t i = 0; i < length; ++i) numbers[i] = static_cast<std::int32_t>(i);
  content.write_whole(content.root(), array, numbers);
}

/// Writes a layer of every landscape; `value` of a cell of what was read, where there is such a layer.
template <class T, class Layer, class Value>
void write_layer(const ResultsContent& content, const Array<T>& array, Layer LandscapeLayers::*layer,
                 T missing, const Value& value) {
  if (!content.has(content.root(), array)) return;
  DatasetStream stream = content.root().stream<T>(array, content.dimensions(array));
  std::vector<T> values;
  for (const LandscapeInput* input : landscape_inputs(content.experiment())) {
    const auto& read = (*input->layers).*layer;
    values.assign(content.experiment().base.extent.cells(), missing);
    std::ranges::transform(read, values.begin(), value);
    stream.append(std::span<const T>(values));
  }
  stream.finish();
  content.root().attribute_of(std::string(array.name), grid_mapping_attribute, std::string(arrays::crs.name));
}

}  // namespace

void write_times(const ResultsContent& content) {
  const GroupWriter& root = content.root();
  if (!content.has(root, arrays::minutes)) return;
  std::vector<double> minutes(root.length(std::string(arrays::step.name)));
  for (std::size_t step = 0; step < minutes.size(); ++step)
    minutes[step] = static_cast<double>(step) * *content.experiment().ground.step_minutes;
  content.write_whole(content.root(), arrays::minutes, minutes);
}

void write_ground(const ResultsContent& content) {
  const Experiment& experiment = content.experiment();
  if (!experiment.ground.placement || !is_in_file(arrays::x, experiment)) return;
  write_numbers(content, arrays::column, experiment.base.extent.width);
  write_numbers(content, arrays::row, experiment.base.extent.height);
  write_crs(content.root(), *experiment.ground.placement);
  write_layer(content, arrays::fuel_code, &LandscapeLayers::fuel, -1,
              [](std::int32_t code) { return code == missing_fuel ? -1 : code; });
  write_layer(content, arrays::elevation, &LandscapeLayers::elevation,
              std::numeric_limits<float>::quiet_NaN(), [](float metres) { return metres; });
}

}  // namespace firesweep
