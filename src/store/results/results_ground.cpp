#include <algorithm>
#include <limits>
#include <vector>

#include "content/grid_mapping.hpp"
#include "results/cell_places.hpp"
#include "results/results_content.hpp"

namespace firesweep {
namespace {

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
  write_places(content.root(), experiment);
  write_layer(content, arrays::fuel_code, &LandscapeLayers::fuel, -1,
              [](std::int32_t code) { return code == missing_fuel ? -1 : code; });
  write_layer(content, arrays::elevation, &LandscapeLayers::elevation,
              std::numeric_limits<float>::quiet_NaN(), [](float metres) { return metres; });
}

}  // namespace firesweep
