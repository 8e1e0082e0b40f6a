#include "experiment_decoder.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/suggestion.hpp"
#include "firesweep/experiment/parameter.hpp"
#include "firesweep/experiment/plan.hpp"

#include "axis_decoder.hpp"
#include "experiment_keys.hpp"
#include "ignition_decoder.hpp"
#include "value_decoder.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;
using Section = Parameter::Section;

constexpr std::uint32_t default_side = 256;
constexpr std::array<std::string_view, 3> section_names = {"landscape", "weather", "model"};

std::string_view section_name(Section section) {
  return section_names[static_cast<std::size_t>(section)];
}

class ExperimentDecoder {
 public:
  ExperimentDecoder(const SourceNode& root, std::vector<Problem>& problems)
      : root_(root), decode_(problems) {}

  Experiment decode(const std::string& default_name) {
    experiment_.name = default_name;
    decode_.section(root_, "", keys_of(""));
    decode_name();
    decode_landscape();
    decode_parameters(Section::weather);
    decode_parameters(Section::model);
    decode_combination();
    decode_run_rules();
    decode_outputs();
    decode_failures();
    decode_matrix();
    check_axes_against_sections();
    check_weather_is_complete();
    decode_exclude();
    if (decode_.problems() == 0) check_size();
    decode_seed();
    return std::move(experiment_);
  }

 private:
  /// The map of that name, or null if it is absent or not a map, which section() has noted.
  const SourceNode* map(std::string_view name) const {
    const SourceEntry* entry = root_.find(name);
    return entry && entry->value.kind == Kind::map ? &entry->value : nullptr;
  }

  const SourceEntry* find(std::string_view section, std::string_view key) const {
    const SourceNode* node = map(section);
    return node ? node->find(key) : nullptr;
  }

  void check_keys(std::string_view section) {
    if (const SourceEntry* entry = root_.find(section))
      decode_.section(entry->value, section, keys_of(section));
  }

  void decode_name() {
    const SourceEntry* entry = root_.find("name");
    if (!entry) return;
    const auto name = decode_.text(entry->value, "name");
    if (!name) return;
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    constexpr std::size_t longest = 200;
    const bool is_good = !name->empty() && name->size() <= longest && name->front() != '.' &&
                         name->front() != '-' && name->find_first_not_of(allowed) == std::string::npos;
    if (is_good)
      experiment_.name = *name;
    else
      decode_.problem(
          entry->value.where,
          fmt::format("name must be at most {} letters, digits, '-', '_' and '.', the first of them neither "
                      "'-' nor '.', not {} (it becomes part of file names)",
                      longest, description(entry->value)));
  }

  void decode_landscape() {
    check_keys("landscape");
    const auto side = [&](std::string_view key) -> std::optional<std::uint32_t> {
      const SourceEntry* entry = find("landscape", key);
      if (!entry) return default_side;
      const auto value =
          decode_.whole_number(entry->value, fmt::format("landscape.{}", key), 1, max_grid_side);
      if (!value) return std::nullopt;
      return static_cast<std::uint32_t>(*value);
    };
    const auto width = side("width");
    const auto height = side("height");
    if (width && height) extent_ = Extent{*width, *height};
    experiment_.base.extent = extent_.value_or(Extent{});
    decode_parameters(Section::landscape);
  }

  void decode_parameters(Section section) {
    if (section != Section::landscape) check_keys(section_name(section));
    for (const Parameter& parameter : parameters()) {
      if (parameter.section != section) continue;
      const SourceEntry* entry = find(section_name(section), parameter.name);
      if (!entry) continue;
      const std::string what = fmt::format("{}.{}", section_name(section), parameter.name);
      if (const auto value = decode_.parameter(entry->value, what, parameter))
        parameter.in(experiment_.base) = *value;
    }
    if (section != Section::weather) return;
    experiment_.overrides.wind_speed = find("weather", "wind_speed") != nullptr;
    experiment_.overrides.humidity = find("weather", "humidity") != nullptr;
    experiment_.overrides.temperature = find("weather", "temperature") != nullptr;
    experiment_.overrides.wind_direction = find("weather", "wind_direction") != nullptr;
  }

  void decode_combination() {
    const SourceEntry* entry = find("model", "combination");
    if (!entry) return;
    constexpr std::array<std::string_view, 2> names = {"linear", "independent"};
    if (const auto i = decode_.choice(entry->value, "model.combination", names))
      experiment_.base.spread.combination = *i == 0 ? Combination::linear : Combination::independent;
  }

  void decode_run_rules() {
    if (const SourceEntry* entry = root_.find("on_bare_ground")) {
      constexpr std::array choices = {OnBareGround::skip, OnBareGround::nearest, OnBareGround::force};
      const std::array names = {name(choices[0]), name(choices[1]), name(choices[2])};
      if (const auto i = decode_.choice(entry->value, "on_bare_ground", names))
        experiment_.base.on_bare_ground = choices[*i];
    }
    if (const SourceEntry* entry = root_.find("max_steps"))
      if (const auto steps = decode_.whole_number(entry->value, "max_steps", 1, max_steps_limit))
        experiment_.base.max_steps = static_cast<std::uint32_t>(*steps);
  }

  void decode_outputs() {
    check_keys("outputs");
    OutputChoices& outputs = experiment_.outputs;
    decode_switch("maps", outputs.maps);
    decode_switch("arrival", outputs.arrival);
    decode_switch("curves", outputs.curves);
    decode_switch("run_curves", outputs.run_curves);
    decode_switch("cell_counts", outputs.cell_counts);
    decode_levels("thresholds", "at least 0 and below 1 (they are burn fractions)", outputs.thresholds,
                  [](double value) { return value >= 0.0 && value < 1.0; });
    decode_levels("quantiles", "above 0 and below 1", outputs.quantiles,
                  [](double value) { return value > 0.0 && value < 1.0; });
    const SourceEntry* entry = find("outputs", "confidence");
    if (!entry) return;
    const auto confidence = decode_.share(entry->value, "outputs.confidence");
    if (!confidence) return;
    if (*confidence > 0.0 && *confidence < 1.0)
      outputs.confidence = *confidence;
    else
      decode_.problem(entry->value.where,
                      fmt::format("outputs.confidence must be above 0 and below 1, not {}{}",
                                  description(entry->value), share_suggestion(entry->value.text)));
  }

  void decode_switch(std::string_view key, bool& choice) {
    if (const SourceEntry* entry = find("outputs", key))
      choice = decode_.truth(entry->value, fmt::format("outputs.{}", key)).value_or(choice);
  }

  void decode_levels(std::string_view key, std::string_view wanted, std::vector<double>& levels,
                     auto&& is_allowed) {
    const SourceEntry* entry = find("outputs", key);
    if (!entry) return;
    const std::string what = fmt::format("outputs.{}", key);
    if (entry->value.kind != Kind::sequence || entry->value.items.empty()) {
      decode_.problem(
          entry->value.where,
          fmt::format("{} must be a list of one number or more, not {}", what,
                      entry->value.kind == Kind::sequence ? "an empty list" : description(entry->value)));
      return;
    }
    levels.clear();
    for (const SourceNode& item : entry->value.items) {
      const auto value = decode_.share(item, what);
      if (!value) continue;
      if (!is_allowed(*value))
        decode_.problem(item.where, fmt::format("{} must be {}, not {}{}", what, wanted, description(item),
                                                share_suggestion(item.text)));
      else if (!levels.empty() && *value <= levels.back())
        decode_.problem(item.where, fmt::format("{} must increase, but {} comes after {}", what,
                                                description(item), levels.back()));
      else
        levels.push_back(*value);
    }
  }

  void decode_failures() {
    if (const SourceEntry* entry = root_.find("on_failure")) {
      constexpr std::array<std::string_view, 2> names = {"continue", "stop"};
      if (const auto i = decode_.choice(entry->value, "on_failure", names))
        experiment_.on_failure = *i == 0 ? OnFailure::go_on : OnFailure::stop;
    }
    const SourceEntry* entry = root_.find("max_failed");
    if (!entry) return;
    const SourceNode& node = entry->value;
    if (node.kind == Kind::scalar && node.text.find_first_of(".%") != std::string::npos) {
      const auto share = decode_.share(node, "max_failed");
      if (share && *share > 0.0 && *share < 1.0)
        experiment_.max_failed = {*share, true};
      else if (share)
        decode_.problem(
            node.where,
            fmt::format("max_failed must be a number of runs, or a share above 0 and below 1 with a "
                        "decimal point, not {}",
                        description(node)));
      return;
    }
    constexpr std::uint64_t most = max_scenarios * max_seeds;
    if (const auto runs = decode_.whole_number(node, "max_failed", 0, most))
      experiment_.max_failed = {static_cast<double>(*runs), false};
  }

  void decode_matrix() {
    check_keys("matrix");
    static const SourceNode no_matrix;
    const SourceNode* matrix = map("matrix");
    bool has_ignition = false;
    for (const SourceEntry& entry : (matrix ? *matrix : no_matrix).entries) {
      const Parameter* parameter = find_parameter(entry.key);
      if (entry.key == "danger_level") {
        add(decode_danger_levels(entry.value, decode_), entry);
      } else if (entry.key == "ignition_set") {
        has_ignition = true;
        add(decode_ignition_sets(entry.value, extent_, decode_), entry);
      } else if (parameter) {
        add(decode_parameter_axis(entry.value, *parameter, decode_), entry);
      }
    }
    if (has_ignition) return;
    const Cell centre{experiment_.base.extent.width / 2, experiment_.base.extent.height / 2};
    experiment_.axes.emplace_back(IgnitionSetAxis{{{"centre", IgnitionPoints{centre}}}});
  }

  template <typename SomeAxis>
  void add(std::optional<SomeAxis> axis, const SourceEntry& entry) {
    if (axis)
      experiment_.axes.emplace_back(std::move(*axis));
    else
      broken_axes_.push_back(entry.key);
  }

  void check_axes_against_sections() {
    for (const Parameter& parameter : parameters()) {
      const std::string_view section = section_name(parameter.section);
      const SourceEntry* entry = find(section, parameter.name);
      if (entry && find("matrix", parameter.name))
        decode_.problem(
            entry->where,
            fmt::format("{0} is set in {1} and swept in matrix (the axis would override it); remove "
                        "one of the two",
                        parameter.name, section));
    }
  }

  // Nothing is said if a key of the matrix or the weather is unknown: it may be the one that is missing here.
  void check_weather_is_complete() {
    if (find("matrix", "danger_level")) return;
    for (const std::string_view section : {"matrix", "weather"}) {
      const SourceEntry* entry = root_.find(section);
      if (!entry || entry->value.kind == Kind::null) continue;
      if (entry->value.kind != Kind::map) return;
      for (const SourceEntry& inner : entry->value.entries) {
        const auto& keys = keys_of(section);
        if (std::find(keys.begin(), keys.end(), inner.key) == keys.end()) return;
      }
    }
    std::vector<std::string_view> missing;
    for (const std::string_view part : {"wind_speed", "humidity", "temperature"})
      if (!find("matrix", part) && !find("weather", part)) missing.push_back(part);
    if (missing.empty()) return;
    const SourceEntry* matrix = root_.find("matrix");
    decode_.problem(
        matrix ? matrix->where : root_.where,
        fmt::format(
            "the weather is incomplete (without matrix.danger_level, weather or matrix must give {}); "
            "add for example danger_level: [extreme] to matrix",
            listing(missing)));
  }

  void decode_exclude() {
    const SourceEntry* entry = root_.find("exclude");
    if (!entry) return;
    experiment_.exclude = decode_exclusions(entry->value, experiment_.axes, broken_axes_, decode_);
  }

  // Before the seeds are known.
  void check_size() {
    std::size_t scenarios = 1;
    std::string factors;
    for (const Axis& axis : experiment_.axes) {
      factors += fmt::format("{}{} {}", factors.empty() ? "" : " x ", size(axis), name(axis));
      // Neither factor is above the limit, so the product fits.
      scenarios = std::min(scenarios * size(axis), max_scenarios + 1);
    }
    const SourceEntry* matrix = root_.find("matrix");
    const Location& where = matrix ? matrix->where : root_.where;
    if (scenarios > max_scenarios) {
      decode_.problem(where, fmt::format("the matrix has more than {} scenarios ({}); shorten an axis",
                                         max_scenarios, factors));
      return;
    }
    if (experiment_.exclude.empty()) return;
    Experiment one_seed = experiment_;
    one_seed.seeds = {Seed{1}};
    if (Plan(std::move(one_seed)).runs() == 0)
      decode_.problem(root_.find("exclude")->where, "exclude leaves out every scenario (nothing would run)");
  }

  void decode_seed() {
    const SourceEntry* entry = find("matrix", "seed");
    const SourceNode defaults{Kind::map, {}, {}, false, {}, {}};
    experiment_.seeds = decode_seeds(entry ? entry->value : defaults, decode_).value_or(Seeds{});
  }

  const SourceNode& root_;
  ValueDecoder decode_;
  Experiment experiment_;
  std::optional<Extent> extent_;  // unless it is a problem
  std::vector<std::string_view> broken_axes_;
};

}  // namespace

Experiment decode_experiment(const SourceNode& root, const std::string& default_name,
                             std::vector<Problem>& problems) {
  return ExperimentDecoder(root, problems).decode(default_name);
}

}  // namespace firesweep
