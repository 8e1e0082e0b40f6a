#include "experiment_keys.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/experiment/compared_axes.hpp"
#include "firesweep/experiment/parameter.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/model/danger_level.hpp"

#include "asset_keys.hpp"
#include "design_keys.hpp"
#include "ground_keys.hpp"
#include "ground_values.hpp"
#include "ignition_text.hpp"
#include "key_rows.hpp"
#include "season_keys.hpp"
#include "spotting_keys.hpp"
#include "stopping_keys.hpp"
#include "weather_keys.hpp"
#include "yaml_text.hpp"

namespace firesweep {
namespace {

using Role = ExperimentKey::Role;

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> section_meanings = {{
    {"", ""},
    {"landscape", "The ground that burns."},
    {"weather", "What the weather of every danger level is instead, and how it changes."},
    {"model", "Overrides of the constants of the fire model."},
    {"matrix", "Every key is an axis, in this order; all combinations run."},
    {"outputs", "What is kept and estimated."},
    {"season", "The year that the matrix adds up to."},
}};

std::string_view section_of(const Parameter& parameter) {
  constexpr std::array<std::string_view, 4> names = {"landscape", "weather", "model", "model"};
  return names[static_cast<std::size_t>(parameter.section)];
}

Json number_form(const Parameter& parameter) {
  return {{"type", parameter.is_whole ? "integer" : "number"},
          {"minimum", parameter.lower},
          {"maximum", parameter.upper}};
}

std::string meaning_of(const Parameter& parameter) {
  return fmt::format("{} [{}]", parameter.meaning, parameter.unit);
}

/// Where a parameter holds for every scenario. In the weather it is set only if the file sets it, as its
/// default is that of the danger level.
ExperimentKey parameter_key(const Parameter& parameter) {
  ExperimentKey key{section_of(parameter),
                    parameter.name,
                    meaning_of(parameter),
                    Role::run,
                    number_form(parameter),
                    {},
                    {}};
  const bool is_weather = parameter.section == Parameter::Section::weather;
  Scenario defaults;
  if (!is_weather) key.form["default"] = parameter.in(defaults);
  key.decode = [&parameter, is_weather, what = key.full_name()](const SourceNode& node, ValueDecoder& decode,
                                                                Experiment& experiment) {
    if (const auto value = decode.parameter(node, what, parameter)) parameter.in(experiment.base) = *value;
    if (is_weather) experiment.overrides.insert(parameter.name);
  };
  key.text = [&parameter, is_weather](const Experiment& experiment) -> std::optional<std::string> {
    const bool is_set =
        is_weather ? experiment.overrides.contains(parameter.name) : !is_swept(experiment, parameter.name);
    if (!is_set) return std::nullopt;
    Scenario base = experiment.base;
    return fmt::format("{}", parameter.in(base));
  };
  return key;
}

/// The row of a key with a decoder and a writer of its own.
ExperimentKey structured_key(std::string_view section, std::string_view name, Json form,
                             std::string meaning) {
  return {section, name, std::move(meaning), Role::run, std::move(form), {}, {}};
}

void add_parameters(ExperimentKeys& keys, Parameter::Section section) {
  for (const Parameter& parameter : parameters())
    if (parameter.section == section) keys.push_back(parameter_key(parameter));
}

void add_landscape(ExperimentKeys& keys) {
  const WholeNumber side{1, max_grid_side};
  keys.push_back(value_key(
      "landscape", "width", side, [](Experiment & e) -> auto& { return e.base.extent.width; },
      "Columns [cells]."));
  keys.push_back(value_key(
      "landscape", "height", side, [](Experiment & e) -> auto& { return e.base.extent.height; },
      "Rows [cells]."));
  add_raster_keys(keys);
  add_parameters(keys, Parameter::Section::landscape);
  add_placement_keys(keys);
}

void add_matrix(ExperimentKeys& keys) {
  keys.push_back(structured_key("matrix", "danger_level", list_form({{"$ref", "#/$defs/danger_level"}}),
                                "Danger levels: one weather each, which 'firesweep levels' lists."));
  keys.push_back(structured_key(
      "matrix", "weather", weathers_form(),
      "Weathers in the place of danger levels: a name for each, its numbers, and how it changes; or a "
      "station's file, of which each day is one."));
  keys.push_back(
      structured_key("matrix", "landscape",
                     {{"type", "object"},
                      {"minProperties", 1},
                      {"additionalProperties",
                       {{"type", "object"},
                        {"additionalProperties", false},
                        {"minProperties", 1},
                        {"properties",
                         {{"fuel", LayerValue{}.schema()},
                          {"elevation", LayerValue{}.schema()},
                          {"fuel_classes", FuelClassesValue{}.schema()},
                          {"vegetation_density", number_form(*find_parameter("vegetation_density"))}}}}}},
                     "Alternatives of one grid: a name for each, and its own fuel, elevation, fuel_classes "
                     "or vegetation_density; what "
                     "it does not give is that of landscape."));
  keys.push_back(
      structured_key("matrix", "ignition_set", ignition_sets_form(),
                     "Where fires start: a name for each set, its points, or a place "
                     "(`points`, `line`, `box`, `raster`), `random` or both. One set 'centre' in the "
                     "middle unless given."));
  Json seeds = {{"type", "object"}, {"additionalProperties", false}};
  seeds["properties"]["first"] = {{"$ref", "#/$defs/seed"}, {"default", 1}};
  seeds["properties"]["count"] = {
      {"type", "integer"}, {"minimum", 1}, {"maximum", max_seeds}, {"default", 1000}};
  seeds["properties"]["until"] = stopping_form();
  seeds["properties"]["most"] = {
      {"type", "integer"}, {"minimum", 1}, {"maximum", max_seeds}, {"default", 100000}};
  keys.push_back(structured_key("matrix", "seed",
                                {{"default", {{"first", 1}, {"count", 1000}}},
                                 {"oneOf", Json::array({seeds, list_form({{"$ref", "#/$defs/seed"}})})}},
                                "Runs of every scenario: one for each seed. With `until` a scenario has "
                                "`count`, twice as many, and so on, until its "
                                "estimates are known as well as that asks."));
  for (const Parameter& parameter : parameters()) {
    Json form;
    form["oneOf"] = Json::array({list_form(number_form(parameter)), Json{{"$ref", "#/$defs/range"}}});
    keys.push_back(structured_key("matrix", parameter.name, std::move(form), meaning_of(parameter)));
  }
}

void add_model(ExperimentKeys& keys) {
  add_parameters(keys, Parameter::Section::model);
  keys.push_back(unless_default(value_key(
      "model", "form", OneOf<Form>{all_forms}, [](Experiment & e) -> auto& { return e.base.spread.form; },
      "Whose formula fires spread by.")));
  keys.push_back(value_key(
      "model", "combination", OneOf<Combination>{all_combinations},
      [](Experiment & e) -> auto& { return e.base.spread.combination; },
      "How burning neighbours combine: their chances add up, or each tries on its own."));
  keys.push_back(spotting_key());
  keys.push_back(optional_key(
      "model", "step_length", StepLengthValue{},
      [](Experiment & e) -> auto& { return e.ground.step_minutes; },
      "Time that a step takes, e.g. `5 min`: gives results times.", Role::judgement));
}

void add_run_rules(ExperimentKeys& keys) {
  keys.push_back(value_key(
      "", "on_bare_ground", OneOf<OnBareGround>{all_on_bare_ground},
      [](Experiment & e) -> auto& { return e.base.on_bare_ground; },
      "What happens to an ignition point without vegetation: it fails, moves to the "
      "nearest vegetation, or is vegetated first."));
  keys.push_back(value_key(
      "", "max_steps", WholeNumber{1, max_steps_limit},
      [](Experiment & e) -> auto& { return e.base.max_steps; }, "A run that still burns ends here."));
  Json form = {{"type", "array"}, {"default", Json::array()}};
  form["items"] = {{"type", "object"}, {"minProperties", 1}};
  form["items"]["additionalProperties"]["type"] = {"string", "number"};
  keys.push_back(structured_key("", "exclude", std::move(form),
                                "Partial scenarios to leave out: every scenario that agrees with an entry in "
                                "all axes that it names."));
}

void add_outputs(ExperimentKeys& keys) {
  const auto add_switch = [&](std::string_view name, bool OutputChoices::*choice, std::string meaning) {
    keys.push_back(value_key(
        "outputs", name, Switch{}, [choice](Experiment & e) -> auto& { return e.outputs.*choice; },
        std::move(meaning)));
  };
  add_switch("maps", &OutputChoices::maps, "Burn counts and probabilities per cell.");
  add_switch("arrival", &OutputChoices::arrival, "Mean arrival step per cell.");
  add_switch("curves", &OutputChoices::curves, "Burning and burnt cells per step.");
  add_switch("run_curves", &OutputChoices::run_curves,
             "Burning cells per step of every run, and their quantiles: as large as runs times steps.");
  add_switch("cell_counts", &OutputChoices::cell_counts,
             "Also count empty and vegetated cells of every run.");
  add_switch("paired_maps", &OutputChoices::paired_maps,
             "Of each pair of values of the axes that compare names, in how many pairs of fires of one seed "
             "a cell burns in "
             "one only: narrow intervals of maps of differences. Every fire burns again for each value that "
             "comes later.");
  keys.push_back(value_key(
      "outputs", "thresholds", ShareList{Share::below_1, "at least 0 and below 1 (they are burn fractions)"},
      [](Experiment & e) -> auto& { return e.outputs.thresholds; },
      "Burn fractions, increasing; the share of runs above each is estimated.", Role::judgement));
  keys.push_back(value_key(
      "outputs", "quantiles", ShareList{Share::inside, "above 0 and below 1"},
      [](Experiment & e) -> auto& { return e.outputs.quantiles; }, "Of the burn fraction, increasing.",
      Role::judgement));
  keys.push_back(value_key(
      "outputs", "confidence", Share{Share::inside, "above 0 and below 1"},
      [](Experiment & e) -> auto& { return e.outputs.confidence; }, "Of every interval.", Role::judgement));
  keys.push_back(asset_thresholds_key());
  keys.push_back(optional_key(
      "outputs", "compare", AxisNames{}, [](Experiment & e) -> auto& { return e.outputs.compare; },
      fmt::format(
          "Axes of the matrix whose values are compared in pairs, seed by seed. Unless given, all of two "
          "values to {}: the pairs of n values are n (n - 1) / 2.",
          most_compared_unless_named),
      Role::judgement));
}

void add_failures(ExperimentKeys& keys) {
  keys.push_back(value_key(
      "", "on_failure", OneOf<OnFailure>{all_on_failure},
      [](Experiment & e) -> auto& { return e.on_failure; }, "What follows the first run that fails.",
      Role::judgement));
  keys.push_back(value_key(
      "", "max_failed", Allowance{}, [](Experiment & e) -> auto& { return e.max_failed; },
      "More failed runs than this make the exit code 4: a number of runs, or a share of "
      "all with a decimal point, such as 0.01.",
      Role::judgement));
}

ExperimentKeys make_keys() {
  ExperimentKeys keys;
  ExperimentKey name = value_key(
      "", "name", Name{}, [](Experiment & e) -> auto& { return e.name; },
      "Becomes the name of the results file; the experiment file's own name unless "
      "given.");
  name.form.erase("default");
  keys.push_back(std::move(name));
  add_landscape(keys);
  keys.push_back(design_key());
  add_matrix(keys);
  add_parameters(keys, Parameter::Section::weather);
  ExperimentKeys course;
  add_weather_keys(course);
  keys.insert(keys.end() - 1, course.begin(), course.end());  // before change_step, which moves the changes
  add_model(keys);
  add_run_rules(keys);
  keys.push_back(assets_key());
  add_outputs(keys);
  add_season_keys(keys);
  add_failures(keys);
  return keys;
}

std::vector<ExperimentSection> make_sections() {
  std::vector<ExperimentSection> sections;
  for (const auto& [name, meaning] : section_meanings) sections.push_back({name, meaning, {}});
  for (const ExperimentKey& key : experiment_keys()) {
    ExperimentSection& own = *std::ranges::find(sections, key.section, &ExperimentSection::name);
    if (own.keys.empty() && !own.name.empty()) sections.front().keys.push_back(own.name);
    own.keys.push_back(key.name);
  }
  return sections;
}

}  // namespace

std::string ExperimentKey::full_name() const {
  return section.empty() ? std::string(name) : fmt::format("{}.{}", section, name);
}

ExperimentKey::Role ExperimentKey::role_in(const Experiment& experiment) const {
  return full_name() == "landscape.cell_size" && experiment.has_spotting() ? Role::run : role;
}

const std::vector<ExperimentKey>& experiment_keys() {
  static const std::vector<ExperimentKey> keys = make_keys();
  return keys;
}

const std::vector<ExperimentSection>& experiment_sections() {
  static const std::vector<ExperimentSection> sections = make_sections();
  return sections;
}

const std::vector<std::string_view>& keys_of(std::string_view section) {
  for (const ExperimentSection& candidate : experiment_sections())
    if (candidate.name == section) return candidate.keys;
  break_contract("the experiment has that section", __FILE__, __LINE__);
}

std::string belonging(std::string_view key) {
  std::string homes;
  for (const ExperimentSection& section : experiment_sections()) {
    if (std::ranges::find(section.keys, key) == section.keys.end()) continue;
    homes += fmt::format("{}{}", homes.empty() ? "" : " or ",
                         section.name.empty() ? "the top level" : section.name);
  }
  return homes.empty() ? "" : fmt::format("; it belongs in {}", homes);
}

}  // namespace firesweep
