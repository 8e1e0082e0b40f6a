#include "firesweep/config/experiment_difference.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/config/experiment_file.hpp"
#include "firesweep/experiment/correspondence.hpp"

#include "design_keys.hpp"
#include "experiment_keys.hpp"
#include "ground_values.hpp"
#include "ignition_text.hpp"
#include "source_tree.hpp"
#include "weather_keys.hpp"

namespace firesweep {
namespace {

using Entry = std::pair<std::string, std::string>;  // dotted key, value

/// Compared value by value.
constexpr std::array<std::string_view, 3> structured = {"matrix", "design", "exclude"};

/// Whether a key says only where a raster or assets lie; that they are the same says their hash.
bool is_whereabouts(std::string_view key) {
  if (key.starts_with("assets.")) return !key.ends_with(".unit") && !key.ends_with(".read.sha256");
  return key.starts_with("landscape.") && key.ends_with(".file");
}

/// Whether a key, or one inside of its value, says how runs are judged and nothing of any run.
bool is_judgement(std::string_view key, const Experiment& experiment) {
  return std::ranges::any_of(experiment_keys(), [&](const ExperimentKey& one) {
    const std::string name = one.full_name();
    return (key == name || key.starts_with(name + ".")) &&
           one.role_in(experiment) == ExperimentKey::Role::judgement;
  });
}

bool is_one_of(std::span<const std::string_view> keys, std::string_view key) {
  return std::ranges::find(keys, key) != keys.end();
}

std::string text_of(const SourceNode& node) {
  std::vector<std::string> items;
  if (node.kind == SourceNode::Kind::map) {
    for (const SourceEntry& entry : node.entries)
      items.push_back(fmt::format("{}: {}", entry.key, text_of(entry.value)));
    return fmt::format("{{{}}}", fmt::join(items, ", "));
  }
  if (node.kind != SourceNode::Kind::sequence) return node.text;
  for (const SourceNode& item : node.items) items.push_back(text_of(item));
  return fmt::format("[{}]", fmt::join(items, ", "));
}

void flatten(const SourceNode& map, const std::string& prefix, std::vector<Entry>& entries) {
  for (const SourceEntry& entry : map.entries) {
    const std::string key = prefix + entry.key;
    if (is_one_of(structured, key)) {
      entries.emplace_back(key, "");  // keeps its place
    } else if (entry.value.kind == SourceNode::Kind::map) {
      flatten(entry.value, key + ".", entries);
    } else {
      entries.emplace_back(key, text_of(entry.value));
    }
  }
}

/// Every key of the resolved experiment with its value as text, in the order of the file: whatever keys
/// experiments may come to have, a difference in one of them is noticed.
std::vector<Entry> resolved_entries(Experiment experiment) {
  experiment.seeds = {experiment.seeds.front()};  // are compared by themselves, and may be many
  experiment.exclude.clear();
  std::vector<Problem> problems;
  std::vector<Entry> entries;
  flatten(parse_yaml(resolved_yaml(experiment), experiment.name, problems), "", entries);
  return entries;
}

/// The texts of two experiments, side by side.
class Texts {
 public:
  Texts(const Experiment& stored, const Experiment& asked)
      : stored_(resolved_entries(stored)), asked_(resolved_entries(asked)) {}

  /// The keys of both, in order; one that only the second has comes after its predecessor there.
  std::vector<std::string> keys() const {
    std::vector<std::string> keys;
    for (const Entry& entry : stored_) keys.push_back(entry.first);
    auto place = keys.begin();
    for (const Entry& entry : asked_) {
      const auto found = std::ranges::find(keys, entry.first);
      place = (found != keys.end() ? found : keys.insert(place, entry.first)) + 1;
    }
    return keys;
  }

  void compare(const std::string& key, std::vector<Difference>& found) const {
    const std::string stored = value_of(stored_, key);
    const std::string asked = value_of(asked_, key);
    if (stored != asked) found.push_back({key, stored, asked});
  }

 private:
  static std::string value_of(const std::vector<Entry>& entries, const std::string& key) {
    const auto found = std::ranges::find(entries, key, &Entry::first);
    return found == entries.end() ? "not set" : found->second;
  }

  std::vector<Entry> stored_;
  std::vector<Entry> asked_;
};

/// The first few, and how many more there are.
std::string first_few(const std::vector<std::string>& values) {
  constexpr std::size_t most = 5;
  const auto shown = std::span(values).first(std::min(most, values.size()));
  std::string text = fmt::format("{}", fmt::join(shown, ", "));
  if (values.size() > most) text += fmt::format(" and {} more", values.size() - most);
  return text;
}

/// Compares the matrix and what is excluded of it, part by part.
class MatrixComparison {
 public:
  MatrixComparison(const Experiment& stored, const Experiment& asked)
      : stored_(stored), asked_(asked), places_(stored_, asked_) {}

  void compare_axes(std::vector<Difference>& found) const {
    if (!places_.has_same_axes()) {
      found.push_back({"matrix", axes_text(stored_), axes_text(asked_)});
      return;
    }
    for (std::size_t a = 0; a < stored_.shape().axes(); ++a) compare_axis(a, found);
    std::vector<std::string> lacking;
    for (std::size_t i = 0; i < stored_.seeds(); ++i) {
      if (!places_.seed(i)) lacking.push_back(fmt::format("{}", static_cast<std::uint64_t>(stored_.seed(i))));
    }
    if (!lacking.empty()) found.push_back({"matrix.seed", first_few(lacking), left_out});
  }

  void compare_exclusions(std::vector<Difference>& found) const {
    std::vector<std::string> lacking;
    for (std::size_t s = 0; s < stored_.scenarios(); ++s) {
      const auto place = places_.scenario(s);
      if (!stored_.is_excluded(s) && place && asked_.is_excluded(*place))
        lacking.push_back(fmt::format("{{{}}}", stored_.scenario_name(s)));
    }
    if (!lacking.empty()) found.push_back({"exclude", first_few(lacking), left_out});
  }

 private:
  static constexpr const char* left_out = "left out";

  static std::string axes_text(const Plan& plan) {
    std::vector<std::string> names;
    for (const Axis& axis : plan.experiment().axes) names.emplace_back(name(axis));
    return fmt::format("{}", fmt::join(names, ", "));
  }

  void compare_axis(std::size_t a, std::vector<Difference>& found) const {
    const Axis& axis = stored_.experiment().axes[a];
    const std::string key = fmt::format("matrix.{}", name(axis));
    std::vector<std::string> lacking;
    for (std::size_t i = 0; i < size(axis); ++i) {
      const auto place = places_.value(a, i);
      if (!place) {
        lacking.push_back(label(axis, i));
      } else if (const auto* sets = std::get_if<IgnitionSetAxis>(&axis)) {
        const auto& asked_sets = std::get<IgnitionSetAxis>(asked_.experiment().axes[a]).sets;
        const std::string stored = ignition_text(sets->sets[i], true);
        const std::string asked = ignition_text(asked_sets[*place], true);
        if (stored != asked) found.push_back({key + "." + label(axis, i), stored, asked});
      } else if (const auto* weathers = std::get_if<WeatherAxis>(&axis)) {
        const NamedWeather& weather = weathers->weathers[i];
        const NamedWeather& asked = std::get<WeatherAxis>(asked_.experiment().axes[a]).weathers[*place];
        if (weather != asked)
          found.push_back({key + "." + weather.name, weather_text(weather), weather_text(asked)});
      } else if (const auto* landscapes = std::get_if<LandscapeAxis>(&axis)) {
        compare_landscapes(key, landscapes->landscapes[i],
                           std::get<LandscapeAxis>(asked_.experiment().axes[a]).landscapes[*place], found);
      }
    }
    if (lacking.empty()) return;
    const auto* samples = std::get_if<SampleAxis>(&axis);
    if (samples == nullptr)
      found.push_back({key, first_few(lacking), left_out});
    else if (samples->design.method == DesignMethod::cases)
      found.push_back({"design: sample", first_few(lacking), left_out});
    else
      found.push_back({"design", design_text(stored_), design_text(asked_)});
  }

  static std::string design_text(const Plan& plan) { return *design_key().text(plan.experiment()); }

  static std::string classes_text(const LandscapeInput& input) {
    return input.fuel_classes.empty() ? "not set" : FuelClassesValue{}.text(input.fuel_classes);
  }

  static void compare_landscapes(const std::string& key, const NamedLandscape& stored,
                                 const NamedLandscape& asked, std::vector<Difference>& found) {
    for (const auto& [layer, member] :
         {std::pair("fuel", &LandscapeInput::fuel), std::pair("elevation", &LandscapeInput::elevation)}) {
      const std::string before = LayerValue{}.identity(stored.input.*member);
      const std::string now = LayerValue{}.identity(asked.input.*member);
      if (before != now) found.push_back({fmt::format("{}.{}.{}", key, stored.name, layer), before, now});
    }
    const auto add = [&](const char* what, const std::string& before, const std::string& now) {
      if (before != now) found.push_back({fmt::format("{}.{}.{}", key, stored.name, what), before, now});
    };
    const auto density = [](const LandscapeInput& input) {
      return input.vegetation_density ? fmt::format("{}", *input.vegetation_density) : std::string("not set");
    };
    add("fuel_classes", classes_text(stored.input), classes_text(asked.input));
    add("vegetation_density", density(stored.input), density(asked.input));
  }

  Plan stored_;
  Plan asked_;
  Correspondence places_;
};

}  // namespace

std::vector<Difference> differences(const Experiment& stored, const Experiment& asked) {
  const Texts texts(stored, asked);
  const MatrixComparison matrix(stored, asked);
  std::vector<Difference> found;
  for (const std::string& key : texts.keys()) {
    if (is_judgement(key, asked) || is_whereabouts(key)) continue;
    if (key == "design") {
      continue;  // its samples are an axis of the matrix
    } else if (key == "matrix") {
      matrix.compare_axes(found);
    } else if (key == "exclude") {
      matrix.compare_exclusions(found);
    } else {
      texts.compare(key, found);
    }
  }
  return found;
}

std::vector<Difference> differing_judgements(const Experiment& stored, const Experiment& asked) {
  const Texts texts(stored, asked);
  std::vector<Difference> found;
  for (const std::string& key : texts.keys())
    if (is_judgement(key, asked)) texts.compare(key, found);
  return found;
}

}  // namespace firesweep
