#include "spotting_keys.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/contract.hpp"
#include "firesweep/experiment/parameter.hpp"

#include "design_keys.hpp"
#include "ground_values.hpp"
#include "key_rows.hpp"

namespace firesweep {
namespace {

constexpr std::string_view whole_name = "model.spotting";

struct Member {
  std::string_view map;  ///< within the key; empty: the key itself
  std::string_view name;
  std::string_view parameter;

  const Parameter& its_parameter() const { return *find_parameter(parameter); }
  std::string full_name() const {
    return map.empty() ? fmt::format("{}.{}", whole_name, name)
                       : fmt::format("{}.{}.{}", whole_name, map, name);
  }
};

constexpr std::array<Member, 5> members = {{{"", "rate", "spotting_rate"},
                                            {"distance", "median", "spotting_distance"},
                                            {"distance", "sigma", "spotting_sigma"},
                                            {"", "spread_angle", "spotting_angle"},
                                            {"", "ignition", "spotting_ignition"}}};

/// Where a member is given, or null.
const SourceEntry* find(const SourceNode& spotting, const Member& member) {
  return member.map.empty() ? spotting.find(member.name) : spotting.find(member.map, member.name);
}

/// Those of the key itself or of a map within it, without those that are swept.
std::vector<std::string> texts_of(const Experiment& experiment, std::string_view map) {
  Scenario base = experiment.base;
  std::vector<std::string> texts;
  for (const Member& member : members)
    if (member.map == map && !is_swept(experiment, member.parameter))
      texts.push_back(fmt::format("{}: {}", member.name, member.its_parameter().in(base)));
  return texts;
}

Json form_of(std::string_view map) {
  Json form = {{"type", "object"}, {"additionalProperties", false}};
  Scenario defaults;
  for (const Member& member : members) {
    if (member.map != map) continue;
    const Parameter& parameter = member.its_parameter();
    Json& own = form["properties"][std::string(member.name)];
    const Json number = {{"type", "number"}, {"minimum", parameter.lower}, {"maximum", parameter.upper}};
    own = number;
    if (member.parameter == "spotting_distance")
      own = {{"oneOf", Json::array({number, {{"type", "string"}}})}};
    if (member.parameter != "spotting_rate" && member.parameter != "spotting_distance")
      own["default"] = parameter.in(defaults);
    own["description"] = fmt::format("{} [{}]", parameter.meaning, parameter.unit);
    if (map.empty() && member.name == "rate") form["properties"]["distance"] = form_of("distance");
  }
  return form;
}

/// Whether a length is written with its unit.
bool has_unit(const SourceNode& node) {
  return node.text.ends_with('m');
}

void decode_member(const SourceNode& node, const Member& member, ValueDecoder& decode, Scenario& base) {
  SourceNode number = node;
  if (member.parameter == "spotting_distance" && has_unit(node)) {
    number.text = node.text.substr(0, node.text.find_last_not_of(" m") + 1);
    number.quoted = false;
  }
  if (const auto value = decode.parameter(number, member.full_name(), member.its_parameter()))
    member.its_parameter().in(base) = *value;
}

std::optional<std::string> spotting_text(const Experiment& experiment) {
  const bool has_axis = std::ranges::any_of(
      members, [&](const Member& member) { return is_swept(experiment, member.parameter); });
  if (experiment.base.spotting == Spotting{} && !has_axis) return std::nullopt;
  std::vector<std::string> texts = texts_of(experiment, "");
  if (const auto distance = texts_of(experiment, "distance"); !distance.empty())
    texts.push_back(fmt::format("distance: {{{}}}", fmt::join(distance, ", ")));
  return fmt::format("{{{}}}", fmt::join(texts, ", "));
}

}  // namespace

ExperimentKey spotting_key() {
  ExperimentKey key{
      "model",
      "spotting",
      "Embers: how many burning cells throw one in a step, how far these fly downwind, and how many light "
      "what they come down on. The distance is in metres, or in cells where these have no size; the "
      "members' names as axes are spotting_rate, spotting_distance, spotting_sigma, spotting_angle and "
      "spotting_ignition.",
      ExperimentKey::Role::run,
      form_of(""),
      {},
      {}};
  key.decode = [](const SourceNode& node, ValueDecoder& decode, Experiment& experiment) {
    constexpr std::array<std::string_view, 4> keys = {"rate", "distance", "spread_angle", "ignition"};
    constexpr std::array<std::string_view, 2> keys_of_distance = {"median", "sigma"};
    if (!decode.section(node, whole_name, keys)) return;
    if (const SourceEntry* distance = node.find("distance"))
      if (!decode.section(distance->value, fmt::format("{}.distance", whole_name), keys_of_distance)) return;
    for (const Member& member : members)
      if (const SourceEntry* entry = find(node, member))
        decode_member(entry->value, member, decode, experiment.base);
  };
  key.text = spotting_text;
  return key;
}

void check_spotting(const SourceNode& root, const Experiment& experiment, ValueDecoder& decode) {
  const SourceEntry* whole = root.find("model", "spotting");
  static const SourceNode nothing;
  const SourceNode& spotting = whole != nullptr ? whole->value : nothing;
  const SourceEntry* first = whole;
  for (const Member& member : members) {
    const SourceEntry* axis = find_varied(root, experiment, member.parameter);
    const SourceEntry* given = find(spotting, member);
    if (first == nullptr) first = axis;
    if (axis != nullptr && given != nullptr)
      decode.problem(
          given->where,
          fmt::format("{} is set and {} is swept in matrix (the axis would override it); remove one of "
                      "the two",
                      member.full_name(), member.parameter));
    if (given != nullptr && member.parameter == "spotting_distance" && has_unit(given->value) &&
        !experiment.ground.placement)
      decode.problem(
          given->where,
          fmt::format("{} is in metres, but cells have no size; give landscape.cell_size, or a number of "
                      "cells without a unit",
                      member.full_name()));
  }
  if (first == nullptr) return;
  for (const Member& member : {members[0], members[1]})
    if (find(spotting, member) == nullptr && find_varied(root, experiment, member.parameter) == nullptr)
      decode.problem(first->where,
                     fmt::format("the embers need {} ({}); give it, or sweep matrix.{}", member.full_name(),
                                 member.its_parameter().meaning, member.parameter));
}

}  // namespace firesweep
