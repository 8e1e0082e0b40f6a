#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

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

/// Writes what the cells of sets are drawn by; of sets that are drawn otherwise nothing is known.
void write_ignition_density(const ResultsContent& content) {
  const auto& array = arrays::ignition_density;
  if (!content.has(content.root(), array)) return;
  DatasetStream stream = content.root().stream<float>(array, content.dimensions(array));
  const std::vector<float> unknown(content.experiment().base.extent.cells(),
                                   std::numeric_limits<float>::quiet_NaN());
  for (const NamedIgnitionSet* named : ignition_sets(content.experiment())) {
    const IgnitionDensity* density = named->drawn_by();
    stream.append(std::span<const float>(density == nullptr ? unknown : *density->values));
  }
  stream.finish();
  content.place_map(content.root(), array);
}

/// A word of CF's flag_meanings, whose other letters become '_'.
std::string flag_word(const FuelClass& fuel) {
  std::string word = fuel.name.empty() ? fmt::format("code_{}", fuel.code) : fuel.name;
  for (char& c : word) {
    const bool is_allowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                            std::string_view("_-.+@").find(c) != std::string_view::npos;
    if (!is_allowed) c = '_';
  }
  return word;
}

/// What the codes mean, after CF; where alternatives differ, as the first says.
void write_flags(GroupWriter& root, const std::vector<FuelClass>& classes) {
  const std::string name(arrays::fuel_code.name);
  std::vector<std::int32_t> codes;
  std::vector<std::string> words;
  for (const FuelClass& fuel : classes) {
    if (std::ranges::find(codes, fuel.code) != codes.end()) continue;  // of an alternative, and named before
    codes.push_back(fuel.code);
    words.push_back(flag_word(fuel));
  }
  root.attribute_of(name, "flag_values", codes);
  root.attribute_of(name, "flag_meanings", fmt::format("{}", fmt::join(words, " ")));
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
  write_ignition_density(content);
  if (!experiment.ground.placement || !is_in_file(arrays::x, experiment)) return;
  write_places(content.root(), experiment);
  write_layer(content, arrays::fuel_code, &LandscapeLayers::fuel, -1,
              [](std::int32_t code) { return code == missing_fuel ? -1 : code; });
  if (content.has(content.root(), arrays::fuel_code))
    write_flags(content.root(), all_fuel_classes(experiment));
  write_layer(content, arrays::elevation, &LandscapeLayers::elevation,
              std::numeric_limits<float>::quiet_NaN(), [](float metres) { return metres; });
}

}  // namespace firesweep
