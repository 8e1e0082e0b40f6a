#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/config/experiment_file.hpp"

#include "experiment_keys.hpp"
#include "ground_values.hpp"
#include "ignition_text.hpp"
#include "stopping_keys.hpp"
#include "weather_keys.hpp"
#include "yaml_text.hpp"

namespace firesweep {
namespace {

/// Which keys are written: all, or those that identify the experiment's runs.
enum class Written : std::uint8_t { all, identity };

struct AxisWriter {
  std::string& text;
  Written written;

  void operator()(const LandscapeAxis& axis) const {
    text += "  landscape:\n";
    const LayerValue value;
    for (const NamedLandscape& named : axis.landscapes) {
      std::vector<std::string> layers;
      for (const auto& [layer, file] :
           {std::pair("fuel", &named.input.fuel), std::pair("elevation", &named.input.elevation)}) {
        if (!file->is_given()) continue;
        layers.push_back(fmt::format("{}: {}", layer,
                                     written == Written::all ? value.text(*file) : value.identity(*file)));
      }
      if (!named.input.fuel_classes.empty())
        layers.push_back("fuel_classes: " + FuelClassesValue{}.text(named.input.fuel_classes));
      if (named.input.vegetation_density)
        layers.push_back(fmt::format("vegetation_density: {}", *named.input.vegetation_density));
      text += fmt::format("    {}: {{{}}}\n", yaml_scalar(named.name), fmt::join(layers, ", "));
    }
  }

  void operator()(const WeatherAxis& axis) const {
    text += "  weather:\n";
    for (const NamedWeather& named : axis.weathers)
      text += fmt::format("    {}: {}\n", yaml_scalar(named.name), weather_text(named));
  }

  void operator()(const DangerLevelAxis& axis) const {
    std::vector<std::string_view> names;
    for (const DangerLevel level : axis.levels) names.push_back(name(level));
    text += fmt::format("  danger_level: [{}]\n", fmt::join(names, ", "));
  }

  void operator()(const IgnitionSetAxis& axis) const {
    text += "  ignition_set:\n";
    for (const NamedIgnitionSet& named : axis.sets) {
      text += fmt::format("    {}: {}\n", yaml_scalar(named.name),
                          ignition_text(named, written == Written::identity));
    }
  }

  void operator()(const ParameterAxis& axis) const {
    text += fmt::format("  {}: {}\n", axis.parameter->name, yaml_list(axis.values));
  }

  void operator()(const SampleAxis&) const {}  // is written as the design
};

/// Of the identity the seeds that there are, not when there are enough.
std::string seeds_text(const Experiment& experiment, Written written) {
  const Seeds& seeds = experiment.seeds;
  const auto value = [](Seed seed) { return static_cast<std::uint64_t>(seed); };
  if (experiment.until && written == Written::all)
    return fmt::format("  seed: {{first: {}, count: {}, until: {}, most: {}}}\n", value(seeds.front()),
                       experiment.until->first_stage, stopping_text(*experiment.until),
                       experiment.until->most);
  if (seeds.is_range())
    return fmt::format("  seed: {{first: {}, count: {}}}\n", value(seeds.front()), seeds.size());
  std::vector<std::uint64_t> values;
  for (std::size_t i = 0; i < seeds.size(); ++i) values.push_back(value(seeds[i]));
  return fmt::format("  seed: [{}]\n", fmt::join(values, ", "));
}

std::string matrix(const Experiment& experiment, Written written) {
  std::string text = "matrix:\n";
  for (const Axis& axis : experiment.axes) std::visit(AxisWriter{text, written}, axis);
  return text + seeds_text(experiment, written);
}

std::string exclusions(const Experiment& experiment) {
  if (experiment.exclude.empty()) return "exclude: []\n";
  std::string text = "exclude:\n";
  for (const Exclusion& exclusion : experiment.exclude) {
    std::vector<std::string> coordinates;
    for (const auto& [axis, value] : exclusion.coordinates) {
      const std::string text_of = label(experiment.axes[axis], value);
      const bool is_number = std::holds_alternative<ParameterAxis>(experiment.axes[axis]);
      coordinates.push_back(
          fmt::format("{}: {}", name(experiment.axes[axis]), is_number ? text_of : yaml_scalar(text_of)));
    }
    text += fmt::format("  - {{{}}}\n", fmt::join(coordinates, ", "));
  }
  return text;
}

/// The line of a key, or nothing: one that the experiment does not set; and of the identity those that have
/// their defaults or say nothing of any run.
std::string line(const ExperimentKey& key, const Experiment& experiment, Written written) {
  static const Experiment defaults;
  const bool is_short = written == Written::identity && key.identity;
  const std::optional<std::string> text = (is_short ? key.identity : key.text)(experiment);
  if (!text) return "";
  const bool is_identity = key.role_in(experiment) == ExperimentKey::Role::run && text != key.text(defaults);
  if (written == Written::identity && !is_identity) return "";
  return fmt::format("{}{}: {}\n", key.section.empty() ? "" : "  ", key.name, *text);
}

/// The keys of a section under its heading. Without any, the heading alone, or nothing for the identity.
std::string section(std::string_view name, const Experiment& experiment, Written written) {
  if (name == "matrix") return matrix(experiment, written);
  std::string lines;
  for (const ExperimentKey& key : experiment_keys())
    if (key.section == name) lines += line(key, experiment, written);
  if (!lines.empty()) return fmt::format("{}:\n{}", name, lines);
  const bool is_there = name != "season" || experiment.season;
  return written == Written::all && is_there ? fmt::format("{}: {{}}\n", name) : "";
}

std::string yaml(const Experiment& experiment, Written written) {
  std::string text;
  std::string_view before;
  for (const ExperimentKey& key : experiment_keys()) {
    if (key.text && key.section.empty()) {
      text += line(key, experiment, written);
    } else if (key.name == "exclude") {
      if (written == Written::all || !experiment.exclude.empty()) text += exclusions(experiment);
    } else if (key.section != before) {
      text += section(key.section, experiment, written);
    }
    before = key.section;
  }
  return text;
}

}  // namespace

std::string resolved_yaml(const Experiment& experiment) {
  return yaml(experiment, Written::all);
}

std::string identity_yaml(const Experiment& experiment) {
  return yaml(experiment, Written::identity);
}

}  // namespace firesweep
