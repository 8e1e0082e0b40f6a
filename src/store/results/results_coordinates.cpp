#include <algorithm>

#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// Writes an axis of the matrix as a coordinate.
struct WriteAxis {
  GroupWriter& root;

  void operator()(const DangerLevelAxis& axis) const {
    std::vector<std::string> labels(axis.levels.size());
    std::transform(axis.levels.begin(), axis.levels.end(), labels.begin(),
                   [](DangerLevel level) { return name(level); });
    root.coordinate({"danger_level", "1", "fire danger level"}, labels);
  }
  void operator()(const IgnitionSetAxis& axis) const {
    std::vector<std::string> labels(axis.sets.size());
    std::transform(axis.sets.begin(), axis.sets.end(), labels.begin(),
                   [](const NamedIgnitionSet& set) { return set.name; });
    root.coordinate({"ignition_set", "1", "where the fire starts"}, labels);
  }
  void operator()(const ParameterAxis& axis) const {
    const Parameter& parameter = *axis.parameter;
    root.coordinate(
        {std::string(parameter.name), std::string(parameter.unit), std::string(parameter.meaning)},
        std::span<const double>(axis.values));
  }
};

void write_seeds(GroupWriter& root, const Experiment& experiment) {
  std::vector<std::uint64_t> seeds(experiment.seeds.size());
  for (std::size_t i = 0; i < seeds.size(); ++i) seeds[i] = static_cast<std::uint64_t>(experiment.seeds[i]);
  root.coordinate({"seed", "1", "seed of the run"}, std::span<const std::uint64_t>(seeds));
}

/// The longest curve of any scenario; at least the initial state, since a dimension has a length.
std::size_t curve_length(const ResultsContent& content) {
  std::size_t length = 1;
  for (std::size_t s = 0; s < content.scenarios(); ++s) {
    length = std::max(length, content.results().curves(s).burning.size());
  }
  for (const CurveBands& bands : content.estimates().bands) length = std::max(length, bands.steps);
  return length;
}

}  // namespace

void write_coordinates(const ResultsContent& content) {
  GroupWriter& root = content.root();
  const Experiment& experiment = content.experiment();
  const OutputChoices& outputs = experiment.outputs;
  for (const Axis& axis : experiment.axes) std::visit(WriteAxis{root}, axis);
  write_seeds(root, experiment);
  if (outputs.maps || outputs.arrival) {
    root.index({"y", "1", "row of cells, downwards"}, experiment.base.extent.height);
    root.index({"x", "1", "column of cells"}, experiment.base.extent.width);
  }
  if (outputs.curves || outputs.run_curves)
    root.index({"step", "step", "steps since ignition"}, curve_length(content));
  if (outputs.curves) {
    content.sums().coordinate({"word", "1", "64-bit word of a 128-bit integer: value = low + 2^64 high"},
                              std::vector<std::string>{"low", "high"});
  }
}

void write_choices(const ResultsContent& content) {
  GroupWriter& root = content.root();
  const OutputChoices& outputs = content.experiment().outputs;
  root.hashed_attribute("confidence", outputs.confidence);
  root.coordinate({"bound", "1", "bound of an interval"}, std::vector<std::string>{"lower", "upper"});
  if (!outputs.thresholds.empty()) {
    root.coordinate({"threshold", "1", "burn fraction to exceed"},
                    std::span<const double>(outputs.thresholds));
  }
  if (!outputs.quantiles.empty()) {
    root.coordinate({"quantile", "1", "share of runs at or below"},
                    std::span<const double>(outputs.quantiles));
  }
  root.index({"burning_neighbours", "1", "burning cells among the eight neighbours"}, 9);
}

}  // namespace firesweep
