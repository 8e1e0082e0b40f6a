#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/config/experiment_file.hpp"
#include "firesweep/experiment/plan.hpp"
#include "firesweep/model/danger_level.hpp"

#include "experiment_keys.hpp"

namespace firesweep {
namespace {

Json with_meaning(Json form, std::string_view meaning) {
  form["description"] = meaning;
  return form;
}

Json properties_of(std::string_view section) {
  Json properties = Json::object();
  for (const ExperimentKey& key : experiment_keys())
    if (key.section == section && !key.form.is_null())
      properties[std::string(key.name)] = with_meaning(key.form, key.meaning);
  return properties;
}

Json map_of(Json properties, std::string_view meaning) {
  Json form = {{"type", "object"}, {"additionalProperties", false}, {"description", meaning}};
  form["properties"] = std::move(properties);
  return form;
}

/// What several keys share.
Json definitions() {
  std::vector<std::string_view> levels;
  for (const DangerLevel level : all_danger_levels) levels.push_back(name(level));
  Json range = Json::parse(R"({
    "type": "object",
    "additionalProperties": false,
    "required": ["from", "to", "count"],
    "description": "Values at equal distances, both ends included.",
    "properties": {"from": {"type": "number"}, "to": {"type": "number"}, "count": {"type": "integer", "minimum": 1}}
  })");
  range["properties"]["count"]["maximum"] = max_scenarios;
  return {{"danger_level", {{"enum", levels}}},
          {"point", Json::parse(R"({
             "type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "integer", "minimum": 0},
             "description": "[x, y]; y grows downwards."})")},
          {"place", Json::parse(R"({
             "type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number"},
             "description": "[easting, northing]"})")},
          {"seed", {{"type", "integer"}, {"minimum", 0}, {"maximum", 18446744073709551615U}}},
          {"range", std::move(range)}};
}

/// A number as people write it.
std::string number_text(const Json& number) {
  return number.is_number_float() ? fmt::format("{}", number.get<double>()) : number.dump();
}

std::string limits_text(const Json& form) {
  std::vector<std::string> limits;
  if (form.contains("exclusiveMinimum"))
    limits.push_back(fmt::format("above {}", number_text(form["exclusiveMinimum"])));
  if (form.contains("minimum")) limits.push_back(fmt::format("from {}", number_text(form["minimum"])));
  if (form.contains("maximum")) limits.push_back(fmt::format("to {}", number_text(form["maximum"])));
  if (form.contains("exclusiveMaximum"))
    limits.push_back(fmt::format("below {}", number_text(form["exclusiveMaximum"])));
  return fmt::format("{}", fmt::join(limits, " "));
}

/// In words, what a value may be according to its form.
std::string form_text(const Json& form) {
  if (form.contains("$ref")) {
    const std::string name = form["$ref"].get<std::string>();
    if (name.ends_with("/range")) return "{from, to, count}";
    if (name.ends_with("/seed")) return "seed";
    return form_text(definitions()[name.substr(name.rfind('/') + 1)]);
  }
  if (form.contains("enum")) {
    std::vector<std::string> names;
    for (const Json& one : form["enum"]) names.push_back(fmt::format("`{}`", one.get<std::string>()));
    return fmt::format("{}", fmt::join(names, ", "));
  }
  if (form.contains("oneOf")) {
    std::vector<std::string> forms;
    for (const Json& one : form["oneOf"]) forms.push_back(form_text(one));
    return fmt::format("{}", fmt::join(forms, "; or "));
  }
  const std::string type = form["type"].get<std::string>();
  if (type == "boolean") return "`true`, `false`";
  if (type == "integer") return fmt::format("whole number {}", limits_text(form));
  if (type == "number") return fmt::format("number {}", limits_text(form));
  if (type == "string") return "text";
  if (type == "array") return fmt::format("list of: {}", form_text(form["items"]));
  if (!form.contains("properties")) return "map";
  std::vector<std::string> members;
  for (const auto& [member, of_member] : form["properties"].items()) members.push_back(member);
  return fmt::format("{{{}}}", fmt::join(members, ", "));
}

std::string default_text(const ExperimentKey& key) {
  if (!key.form.contains("default")) return "";
  const Json& value = key.form["default"];
  if (value.is_string()) return fmt::format("`{}`", value.get<std::string>());
  if (value.is_object()) {
    std::vector<std::string> members;
    for (const auto& [member, of_member] : value.items())
      members.push_back(fmt::format("{}: {}", member, number_text(of_member)));
    return fmt::format("`{{{}}}`", fmt::join(members, ", "));
  }
  if (value.is_array()) {
    std::vector<std::string> items;
    for (const Json& item : value) items.push_back(number_text(item));
    return fmt::format("`[{}]`", fmt::join(items, ", "));
  }
  return fmt::format("`{}`", value.is_number() ? number_text(value) : value.dump());
}

}  // namespace

std::string experiment_schema() {
  Json properties;
  for (const std::string_view key : keys_of("")) {
    const auto section = std::ranges::find(experiment_sections(), key, &ExperimentSection::name);
    properties[std::string(key)] = section == experiment_sections().end()
                                       ? properties_of("")[std::string(key)]
                                       : map_of(properties_of(key), section->meaning);
  }
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "firesweep experiment"}};
  schema.update(
      map_of(std::move(properties),
             "One matrix of bushfire simulations. Everything has a default but matrix.danger_level or, in "
             "its place, matrix.weather, or wind_speed, humidity and temperature in weather or matrix."));
  schema["$defs"] = definitions();
  return schema.dump(2) + "\n";
}

std::string experiment_key_table() {
  std::string text = "| key | value | default | meaning |\n|---|---|---|---|\n";
  for (const ExperimentKey& key : experiment_keys()) {
    if (key.form.is_null()) continue;
    text += fmt::format("| `{}` | {} | {} | {} |\n", key.full_name(), form_text(key.form), default_text(key),
                        key.meaning);
  }
  return text;
}

}  // namespace firesweep
