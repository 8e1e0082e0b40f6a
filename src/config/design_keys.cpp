#include "design_keys.hpp"

#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/experiment/plan.hpp"

#include "experiment_keys.hpp"
#include "yaml_text.hpp"

namespace firesweep {
namespace {

std::string text_of(const Distribution& from) {
  const auto [first, second, third] = from.numbers;
  const std::string_view kind = name(from.kind);
  std::string text;
  switch (from.kind) {
    case Distribution::Kind::uniform:
      if (!from.within) return fmt::format("[{}, {}]", first, second);
      text = fmt::format("{}: [{}, {}]", kind, first, second);
      break;
    case Distribution::Kind::triangular:
      text = fmt::format("{}: [{}, {}, {}]", kind, first, second, third);
      break;
    case Distribution::Kind::normal:
      text = fmt::format("{}: {{mean: {}, sd: {}}}", kind, first, second);
      break;
    case Distribution::Kind::lognormal:
      text = fmt::format("{}: {{median: {}, sigma: {}}}", kind, first, second);
      break;
  }
  if (from.within) text += fmt::format(", within: [{}, {}]", (*from.within)[0], (*from.within)[1]);
  return "{" + text + "}";
}

std::string cases_text(const SampleAxis& axis) {
  std::vector<std::string> columns;
  for (std::size_t k = 0; k < axis.design.parameters(); ++k) {
    std::vector<double> values(axis.samples());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = axis.value(i, k);
    columns.push_back(fmt::format("{}: {}", axis.design.columns[k].parameter->name, yaml_list(values)));
  }
  return fmt::format("{{cases: {{{}}}}}", fmt::join(columns, ", "));
}

std::string text_of(const SampleAxis& axis) {
  const Design& design = axis.design;
  if (design.method == DesignMethod::cases) return cases_text(axis);
  std::vector<std::string> columns;
  for (const Design::Column& column : design.columns)
    columns.push_back(fmt::format("{}: {}", column.parameter->name, text_of(column.distribution)));
  return fmt::format("{{method: {}, samples: {}, {}seed: {}, parameters: {{{}}}}}", name(design.method),
                     design.rows, design.has_second_order ? "second_order: true, " : "",
                     static_cast<std::uint64_t>(design.seed), fmt::join(columns, ", "));
}

Json numbers(std::size_t count) {
  return {{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", count}, {"maxItems", count}};
}

Json named_numbers(std::string_view first, std::string_view second) {
  Json form = {{"type", "object"}, {"additionalProperties", false}};
  form["properties"][std::string(first)] = {{"type", "number"}};
  form["properties"][std::string(second)] = {{"type", "number"}};
  form["required"] = {first, second};
  return form;
}

Json distribution_form() {
  Json form = {{"type", "object"}, {"additionalProperties", false}};
  form["properties"] = {{"uniform", numbers(2)},
                        {"triangular", numbers(3)},
                        {"normal", named_numbers("mean", "sd")},
                        {"lognormal", named_numbers("median", "sigma")},
                        {"within", numbers(2)}};
  return {{"oneOf", Json::array({numbers(2), form})}};
}

}  // namespace

ExperimentKey design_key() {
  std::vector<std::string_view> names;
  for (const Parameter& parameter : parameters()) names.push_back(parameter.name);
  const auto of_parameters = [&](Json form) {
    return Json{{"type", "object"},
                {"minProperties", 1},
                {"propertyNames", {{"enum", names}}},
                {"additionalProperties", std::move(form)}};
  };
  std::vector<std::string_view> methods;
  for (const DesignMethod method : all_design_methods) methods.push_back(name(method));
  Json form = {{"type", "object"}, {"additionalProperties", false}};
  form["properties"] = {
      {"method", {{"enum", methods}}},
      {"samples", {{"type", "integer"}, {"minimum", 2}, {"maximum", max_scenarios}}},
      {"parameters", of_parameters(distribution_form())},
      {"second_order", {{"type", "boolean"}, {"default", false}}},
      {"seed", {{"$ref", "#/$defs/seed"}, {"default", 1}}},
      {"file", {{"type", "string"}}},
      {"cases", of_parameters({{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", 1}})}};
  ExperimentKey key{
      "",
      "design",
      "Many parameters at once, as the axis sample: drawn by a method, or a list of cases, each a "
      "row of a file.",
      ExperimentKey::Role::run,
      std::move(form),
      {},
      {}};
  key.text = [](const Experiment& experiment) -> std::optional<std::string> {
    const SampleAxis* axis = samples_of(experiment);
    return axis ? std::optional(text_of(*axis)) : std::nullopt;
  };
  return key;
}

const SourceEntry* find_varied(const SourceNode& root, const Experiment& experiment,
                               std::string_view parameter) {
  if (const SourceEntry* entry = root.find("matrix", parameter)) return entry;
  return is_swept(experiment, parameter) ? root.find("design") : nullptr;
}

void check_design(const SourceNode& root, const Experiment& experiment, ValueDecoder& decode) {
  const SampleAxis* axis = samples_of(experiment);
  if (!axis) return;
  for (const ExperimentKey& key : experiment_keys()) {
    const SourceEntry* entry = key.section.empty() ? nullptr : root.find(key.section, key.name);
    const auto is_it = [&](const Design::Column& column) { return column.parameter->name == key.name; };
    if (entry && std::ranges::any_of(axis->design.columns, is_it))
      decode.problem(entry->where,
                     fmt::format("{0} is set in {1} and by design (whose samples would override it); remove "
                                 "one of the two",
                                 key.name, key.section));
  }
}

}  // namespace firesweep
