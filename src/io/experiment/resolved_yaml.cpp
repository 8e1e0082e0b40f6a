#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/experiment/parameter.hpp"
#include "firesweep/io/experiment_file.hpp"

namespace firesweep {
namespace {

// YAML reads some words, and all numbers, as something else than text.
bool needs_quotes(std::string_view text) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789-.";
  if (text.empty() || letters.find(text.front()) == std::string_view::npos) return true;
  if (text.find_first_not_of(plain) != std::string_view::npos) return true;
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const std::string_view word : {"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
    if (lower == word) return true;
  return false;
}

std::string scalar(std::string_view text) {
  if (!needs_quotes(text)) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string list(const std::vector<double>& values) {
  return fmt::format("[{}]", fmt::join(values, ", "));
}

struct AxisWriter {
  std::string& text;

  void operator()(const DangerLevelAxis& axis) const {
    std::vector<std::string_view> names;
    for (const DangerLevel level : axis.levels) names.push_back(name(level));
    text += fmt::format("  danger_level: [{}]\n", fmt::join(names, ", "));
  }

  void operator()(const IgnitionSetAxis& axis) const {
    text += "  ignition_set:\n";
    for (const NamedIgnitionSet& named : axis.sets) {
      text += fmt::format("    {}: ", scalar(named.name));
      if (const auto* random = std::get_if<RandomIgnition>(&named.set)) {
        text += fmt::format("{{random: {}}}\n", random->count);
        continue;
      }
      std::vector<std::string> points;
      for (const Cell cell : std::get<IgnitionPoints>(named.set))
        points.push_back(fmt::format("[{}, {}]", cell.x, cell.y));
      text += fmt::format("[{}]\n", fmt::join(points, ", "));
    }
  }

  void operator()(const ParameterAxis& axis) const {
    text += fmt::format("  {}: {}\n", axis.parameter->name, list(axis.values));
  }
};

bool is_swept(const Experiment& experiment, const Parameter& parameter) {
  for (const Axis& axis : experiment.axes)
    if (name(axis) == parameter.name) return true;
  return false;
}

std::string section(const Experiment& experiment, Parameter::Section section) {
  std::string text;
  Scenario base = experiment.base;
  for (const Parameter& parameter : parameters())
    if (parameter.section == section && !is_swept(experiment, parameter))
      text += fmt::format("  {}: {}\n", parameter.name, parameter.in(base));
  return text;
}

std::string weather(const Experiment& experiment) {
  const Weather& weather = experiment.base.weather;
  std::string text;
  if (experiment.overrides.wind_speed) text += fmt::format("  wind_speed: {}\n", weather.wind_speed);
  if (experiment.overrides.humidity) text += fmt::format("  humidity: {}\n", weather.humidity);
  if (experiment.overrides.temperature) text += fmt::format("  temperature: {}\n", weather.temperature);
  if (experiment.overrides.wind_direction)
    text += fmt::format("  wind_direction: {}\n", weather.wind_direction);
  return text.empty() ? "weather: {}\n" : "weather:\n" + text;
}

std::string seeds(const std::vector<Seed>& seeds) {
  const auto value = [](Seed seed) { return static_cast<std::uint64_t>(seed); };
  bool is_range = true;
  for (std::size_t i = 1; i < seeds.size(); ++i)
    is_range = is_range && value(seeds[i]) - value(seeds[i - 1]) == 1;
  // The last seed and the first are 1 apart as well, in arithmetic that wraps around.
  // Both conditions: the last seed of all and the first are 1 apart as well, in arithmetic that wraps around.
  for (std::size_t i = 1; i < seeds.size(); ++i)
    is_range = is_range && seeds[i] > seeds[i - 1] && value(seeds[i]) - value(seeds[i - 1]) == 1;
  if (is_range) return fmt::format("  seed: {{first: {}, count: {}}}\n", value(seeds.front()), seeds.size());
  std::vector<std::uint64_t> values;
  for (const Seed seed : seeds) values.push_back(value(seed));
  return fmt::format("  seed: [{}]\n", fmt::join(values, ", "));
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
          fmt::format("{}: {}", name(experiment.axes[axis]), is_number ? text_of : scalar(text_of)));
    }
    text += fmt::format("  - {{{}}}\n", fmt::join(coordinates, ", "));
  }
  return text;
}

std::string max_failed(const FailureAllowance& allowance) {
  if (!allowance.is_share) return fmt::format("{}", static_cast<std::uint64_t>(allowance.amount));
  const std::string share = fmt::format("{}", allowance.amount);
  // A share has a decimal point; 1e-07 is written without one.
  const std::size_t e = share.find('e');
  const bool has_point = share.find('.') != std::string::npos;
  return has_point || e == std::string::npos ? share : share.substr(0, e) + ".0" + share.substr(e);
}

}  // namespace

std::string resolved_yaml(const Experiment& experiment) {
  const OutputChoices& outputs = experiment.outputs;
  std::string text = fmt::format("name: {}\n", scalar(experiment.name));
  text += fmt::format("landscape:\n  width: {}\n  height: {}\n", experiment.base.extent.width,
                      experiment.base.extent.height);
  text += section(experiment, Parameter::Section::landscape);
  text += "matrix:\n";
  for (const Axis& axis : experiment.axes) std::visit(AxisWriter{text}, axis);
  text += seeds(experiment.seeds);
  text += weather(experiment);
  text += "model:\n" + section(experiment, Parameter::Section::model);
  text += fmt::format("  combination: {}\n",
                      experiment.base.spread.combination == Combination::linear ? "linear" : "independent");
  text += fmt::format("on_bare_ground: {}\nmax_steps: {}\n", name(experiment.base.on_bare_ground),
                      experiment.base.max_steps);
  text += exclusions(experiment);
  text += fmt::format(
      "outputs:\n  maps: {}\n  arrival: {}\n  curves: {}\n  run_curves: {}\n  cell_counts: {}\n  thresholds: "
      "{}\n  quantiles: "
      "{}\n"
      "  confidence: {}\n",
      outputs.maps, outputs.arrival, outputs.curves, outputs.run_curves, outputs.cell_counts,
      list(outputs.thresholds), list(outputs.quantiles), outputs.confidence);
  text += fmt::format("on_failure: {}\n", experiment.on_failure == OnFailure::go_on ? "continue" : "stop");
  text += fmt::format("max_failed: {}\n", max_failed(experiment.max_failed));
  return text;
}

}  // namespace firesweep
