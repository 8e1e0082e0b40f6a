#include <algorithm>

#include <fmt/format.h>

#include "results/cell_places.hpp"
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
    root.coordinate({axis.name, "1", axis.meaning}, labels);
  }
  void operator()(const WeatherAxis& axis) const {
    std::vector<std::string> labels(axis.weathers.size());
    std::ranges::transform(axis.weathers, labels.begin(), &NamedWeather::name);
    root.coordinate({axis.name, "1", axis.meaning}, labels);
  }
  void operator()(const LandscapeAxis& axis) const {
    std::vector<std::string> labels(axis.landscapes.size());
    std::ranges::transform(axis.landscapes, labels.begin(), &NamedLandscape::name);
    root.coordinate({axis.name, "1", axis.meaning}, labels);
  }
  void operator()(const IgnitionSetAxis& axis) const {
    std::vector<std::string> labels(axis.sets.size());
    std::transform(axis.sets.begin(), axis.sets.end(), labels.begin(),
                   [](const NamedIgnitionSet& set) { return set.name; });
    root.coordinate({axis.name, "1", axis.meaning}, labels);
  }
  void operator()(const ParameterAxis& axis) const {
    const Parameter& parameter = *axis.parameter;
    root.coordinate({parameter.name, parameter.unit, parameter.meaning},
                    std::span<const double>(axis.values));
  }
  void operator()(const SampleAxis& axis) const {
    root.index({axis.name, "1", axis.meaning}, axis.samples());
    const Design& design = axis.design;
    std::string names;
    for (std::size_t k = 0; k < design.parameters(); ++k) {
      std::vector<double> values(axis.samples());
      for (std::size_t i = 0; i < values.size(); ++i) values[i] = axis.value(i, k);
      const Parameter& parameter = *design.columns[k].parameter;
      root.write({parameter.name, parameter.unit, parameter.meaning}, {std::string(axis.name)}, values);
      names += fmt::format("{}{}", names.empty() ? "" : " ", parameter.name);
    }
    root.attribute("coordinates", names);  // where CF readers look for those that are no dimension
    if (design.samples_per_row() == 1) return;
    std::vector<std::int32_t> rows(axis.samples());
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i] = static_cast<std::int32_t>(i / design.samples_per_row());
    root.write(arrays::sample_row, {std::string(axis.name)}, rows);
    root.write(arrays::sample_part, {std::string(axis.name)}, parts_of(design));
  }
};

void write_seeds(GroupWriter& root, const Experiment& experiment) {
  const Seeds& seeds = experiment.seeds;
  root.coordinate<std::uint64_t>(arrays::seed, seeds.size(),
                                 [&seeds](std::size_t first, std::span<std::uint64_t> values) {
                                   for (std::size_t i = 0; i < values.size(); ++i)
                                     values[i] = static_cast<std::uint64_t>(seeds[first + i]);
                                 });
}

/// The longest curve of any scenario; at least the initial state, since a dimension has a length.
std::size_t curve_length(const ResultsContent& content) {
  std::size_t length = 1;
  for (std::size_t s = 0; s < content.scenarios(); ++s) {
    length = std::max(length, content.results().curves(s).burning.size());
  }
  if (!content.experiment().outputs.run_curves) return length;  // without waiting for estimates
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
  if (is_in_file(arrays::x, experiment)) write_sides(root, experiment);
  if (arrays::step.is_chosen(outputs)) root.index(arrays::step, curve_length(content));
  if (arrays::word.is_chosen(outputs))
    content.sums().coordinate(arrays::word, std::vector<std::string>{"low", "high"});
}

void write_choices(const ResultsContent& content) {
  GroupWriter& root = content.root();
  const OutputChoices& outputs = content.experiment().outputs;
  root.hashed_attribute("confidence", outputs.confidence);
  root.coordinate(arrays::bound, std::vector<std::string>{"lower", "upper"});
  if (!outputs.thresholds.empty())
    root.coordinate(arrays::threshold, std::span<const double>(outputs.thresholds));
  if (!outputs.quantiles.empty())
    root.coordinate(arrays::quantile, std::span<const double>(outputs.quantiles));
  root.index(arrays::burning_neighbours, arrays::burning_neighbours.fixed_length);
}

}  // namespace firesweep
