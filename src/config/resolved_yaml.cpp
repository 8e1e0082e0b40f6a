#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/config/experiment_file.hpp"
#include "firesweep/experiment/parameter.hpp"

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

/// Which keys are written: all, or those that identify the experiment's runs.
enum class Keys : std::uint8_t { all, identity };

/// A part of the file, one line a key.
class SectionText {
 public:
  /// `heading` is the section's key, empty for keys of the whole file.
  SectionText(std::string_view heading, Keys keys) : heading_(heading), keys_(keys) {}

  /// Adds a key that decides a run. It is always written, unless for the identity if it has its default.
  template <class T>
  void add(std::string_view key, const T& value, const T& fallback) {
    if (keys_ == Keys::all || value != fallback) add_always(key, value);
  }

  /// Adds a key that says nothing of any run, which the identity leaves out.
  template <class T>
  void add_choice(std::string_view key, const T& value) {
    if (keys_ == Keys::all) add_always(key, value);
  }

  template <class T>
  void add_always(std::string_view key, const T& value) {
    lines_ += fmt::format("{}{}: {}\n", heading_.empty() ? "" : "  ", key, value);
  }

  /// Its lines under its heading. Without any, the heading alone, or nothing for the identity.
  std::string text() const {
    if (heading_.empty()) return lines_;
    if (!lines_.empty()) return fmt::format("{}:\n{}", heading_, lines_);
    return keys_ == Keys::all ? fmt::format("{}: {{}}\n", heading_) : "";
  }

 private:
  std::string_view heading_;
  Keys keys_;
  std::string lines_;
};

void add_parameters(const Experiment& experiment, Parameter::Section of, SectionText& section) {
  Scenario base = experiment.base;
  Scenario defaults;
  for (const Parameter& parameter : parameters())
    if (parameter.section == of && !is_swept(experiment, parameter))
      section.add(parameter.name, parameter.in(base), parameter.in(defaults));
}

std::string landscape(const Experiment& experiment, Keys keys) {
  SectionText section("landscape", keys);
  section.add_always("width", experiment.base.extent.width);
  section.add_always("height", experiment.base.extent.height);
  add_parameters(experiment, Parameter::Section::landscape, section);
  return section.text();
}

std::string weather(const Experiment& experiment, Keys keys) {
  const Weather& weather = experiment.base.weather;
  SectionText section("weather", keys);
  if (experiment.overrides.wind_speed) section.add_always("wind_speed", weather.wind_speed);
  if (experiment.overrides.humidity) section.add_always("humidity", weather.humidity);
  if (experiment.overrides.temperature) section.add_always("temperature", weather.temperature);
  if (experiment.overrides.wind_direction) section.add_always("wind_direction", weather.wind_direction);
  return section.text();
}

std::string_view name(Combination combination) {
  return combination == Combination::linear ? "linear" : "independent";
}

std::string model(const Experiment& experiment, Keys keys) {
  SectionText section("model", keys);
  add_parameters(experiment, Parameter::Section::model, section);
  section.add("combination", name(experiment.base.spread.combination), name(Combination::linear));
  return section.text();
}

std::string outputs(const OutputChoices& outputs, Keys keys) {
  const OutputChoices defaults;
  SectionText section("outputs", keys);
  section.add("maps", outputs.maps, defaults.maps);
  section.add("arrival", outputs.arrival, defaults.arrival);
  section.add("curves", outputs.curves, defaults.curves);
  section.add("run_curves", outputs.run_curves, defaults.run_curves);
  section.add("cell_counts", outputs.cell_counts, defaults.cell_counts);
  section.add_choice("thresholds", list(outputs.thresholds));
  section.add_choice("quantiles", list(outputs.quantiles));
  section.add_choice("confidence", outputs.confidence);
  return section.text();
}

std::string seeds(const Seeds& seeds) {
  const auto value = [](Seed seed) { return static_cast<std::uint64_t>(seed); };
  if (seeds.is_range())
    return fmt::format("  seed: {{first: {}, count: {}}}\n", value(seeds.front()), seeds.size());
  std::vector<std::uint64_t> values;
  for (std::size_t i = 0; i < seeds.size(); ++i) values.push_back(value(seeds[i]));
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

std::string yaml(const Experiment& experiment, Keys keys) {
  std::string text = fmt::format("name: {}\n", scalar(experiment.name)) + landscape(experiment, keys);
  text += "matrix:\n";
  for (const Axis& axis : experiment.axes) std::visit(AxisWriter{text}, axis);
  text += seeds(experiment.seeds);
  text += weather(experiment, keys) + model(experiment, keys);
  SectionText rules("", keys);
  rules.add("on_bare_ground", name(experiment.base.on_bare_ground), name(Scenario{}.on_bare_ground));
  rules.add("max_steps", experiment.base.max_steps, Scenario{}.max_steps);
  text += rules.text();
  if (keys == Keys::all || !experiment.exclude.empty()) text += exclusions(experiment);
  text += outputs(experiment.outputs, keys);
  SectionText limits("", keys);
  limits.add_choice("on_failure", experiment.on_failure == OnFailure::go_on ? "continue" : "stop");
  limits.add_choice("max_failed", max_failed(experiment.max_failed));
  return text + limits.text();
}

}  // namespace

std::string resolved_yaml(const Experiment& experiment) {
  return yaml(experiment, Keys::all);
}

std::string identity_yaml(const Experiment& experiment) {
  return yaml(experiment, Keys::identity);
}

}  // namespace firesweep
