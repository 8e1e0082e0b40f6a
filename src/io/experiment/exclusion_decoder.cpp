#include <algorithm>

#include <fmt/format.h>

#include "firesweep/check/suggestion.hpp"

#include "experiment/axis_decoder.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

std::optional<std::size_t> index_on(const Axis& axis, const SourceEntry& entry, ValueDecoder& decode) {
  const SourceNode& node = entry.value;
  std::string hint;
  if (const auto* parameter_axis = std::get_if<ParameterAxis>(&axis)) {
    const auto value = decode.number(node, fmt::format("exclude.{}", entry.key));
    if (!value) return std::nullopt;
    const auto& values = parameter_axis->values;
    const auto found = std::find(values.begin(), values.end(), *value);
    if (found != values.end()) return static_cast<std::size_t>(found - values.begin());
  } else {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < size(axis); ++i) labels.push_back(label(axis, i));
    const auto found =
        node.kind == Kind::scalar ? std::find(labels.begin(), labels.end(), node.text) : labels.end();
    if (found != labels.end()) return static_cast<std::size_t>(found - labels.begin());
    const std::vector<std::string_view> views(labels.begin(), labels.end());
    if (node.kind == Kind::scalar) hint = suggestion(node.text, views);
  }
  decode.problem(node.where, fmt::format("{} is not on the axis {} (there is nothing to leave out){}",
                                         description(node), entry.key, hint));
  return std::nullopt;
}

std::optional<Exclusion::Coordinate> decode_coordinate(const SourceEntry& entry,
                                                       const std::vector<Axis>& axes,
                                                       std::span<const std::string_view> broken,
                                                       ValueDecoder& decode) {
  std::vector<std::string_view> names;
  for (const Axis& axis : axes) names.push_back(name(axis));
  const auto found = std::find(names.begin(), names.end(), entry.key);
  if (found == names.end()) {
    if (std::find(broken.begin(), broken.end(), entry.key) != broken.end()) return std::nullopt;
    names.insert(names.end(), broken.begin(), broken.end());
    decode.problem(entry.where, fmt::format("unknown axis '{}' in exclude (the axes are {}){}", entry.key,
                                            listing(names), suggestion(entry.key, names)));
    return std::nullopt;
  }
  const auto a = static_cast<std::size_t>(found - names.begin());
  const std::optional<std::size_t> value = index_on(axes[a], entry, decode);
  if (!value) return std::nullopt;
  return Exclusion::Coordinate{a, *value};
}

}  // namespace

std::vector<Exclusion> decode_exclusions(const SourceNode& node, const std::vector<Axis>& axes,
                                         std::span<const std::string_view> broken, ValueDecoder& decode) {
  if (node.kind == Kind::null) return {};
  if (node.kind != Kind::sequence) {
    decode.problem(node.where,
                   fmt::format("exclude must be a list of partial scenarios, not {}; write for example [{{"
                               "danger_level: low}}]",
                               description(node)));
    return {};
  }
  std::vector<Exclusion> exclusions;
  for (const SourceNode& item : node.items) {
    if (item.kind != Kind::map || item.entries.empty()) {
      decode.problem(
          item.where,
          item.kind == Kind::map
              ? std::string("an entry of exclude names no axis (it would leave out everything); remove it")
              : fmt::format("an entry of exclude must be a map of axes to values, not {}",
                            description(item)));
      continue;
    }
    Exclusion exclusion;
    for (const SourceEntry& entry : item.entries)
      if (const auto coordinate = decode_coordinate(entry, axes, broken, decode))
        exclusion.coordinates.push_back(*coordinate);
    exclusions.push_back(std::move(exclusion));
  }
  return exclusions;
}

}  // namespace firesweep
