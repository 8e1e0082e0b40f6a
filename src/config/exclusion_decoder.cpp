#include <algorithm>
#include <functional>
#include <map>
#include <string>

#include <fmt/format.h>

#include "firesweep/check/suggestion.hpp"

#include "axis_decoder.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

/// Finds values on one axis: there may be as many entries to look up as there are scenarios.
class AxisIndex {
 public:
  explicit AxisIndex(const Axis& axis) : name_(name(axis)) {
    if (const auto* parameter_axis = std::get_if<ParameterAxis>(&axis)) {
      is_numeric_ = true;
      for (const double value : parameter_axis->values) numbers_.emplace(value, numbers_.size());
      return;
    }
    for (std::size_t i = 0; i < size(axis); ++i) labels_.emplace(label(axis, i), i);
  }

  std::string_view axis() const { return name_; }

  std::optional<std::size_t> find(const SourceEntry& entry, ValueDecoder& decode) const {
    const SourceNode& node = entry.value;
    std::string hint;
    if (is_numeric_) {
      const auto value = decode.number(node, fmt::format("exclude.{}", entry.key));
      if (!value) return std::nullopt;
      if (const auto found = numbers_.find(*value); found != numbers_.end()) return found->second;
    } else if (node.kind == Kind::scalar) {
      if (const auto found = labels_.find(node.text); found != labels_.end()) return found->second;
      std::vector<std::string_view> labels;
      for (const auto& [label, index] : labels_) labels.push_back(label);
      hint = suggestion(node.text, labels);
    }
    decode.problem(node.where, fmt::format("{} is not on the axis {} (there is nothing to leave out){}",
                                           description(node), entry.key, hint));
    return std::nullopt;
  }

 private:
  std::string_view name_;
  bool is_numeric_ = false;
  std::map<double, std::size_t> numbers_;
  std::map<std::string, std::size_t, std::less<>> labels_;
};

std::optional<Exclusion::Coordinate> decode_coordinate(const SourceEntry& entry,
                                                       const std::vector<AxisIndex>& axes,
                                                       std::span<const std::string_view> broken,
                                                       ValueDecoder& decode) {
  const auto found = std::ranges::find(axes, entry.key, &AxisIndex::axis);
  if (found == axes.end()) {
    if (std::find(broken.begin(), broken.end(), entry.key) != broken.end()) return std::nullopt;
    std::vector<std::string_view> names;
    for (const AxisIndex& axis : axes) names.push_back(axis.axis());
    names.insert(names.end(), broken.begin(), broken.end());
    decode.problem(entry.where, fmt::format("unknown axis '{}' in exclude (the axes are {}){}", entry.key,
                                            listing(names), suggestion(entry.key, names)));
    return std::nullopt;
  }
  const std::optional<std::size_t> value = found->find(entry, decode);
  if (!value) return std::nullopt;
  return Exclusion::Coordinate{static_cast<std::size_t>(found - axes.begin()), *value};
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
  const std::vector<AxisIndex> indices(axes.begin(), axes.end());
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
      if (const auto coordinate = decode_coordinate(entry, indices, broken, decode))
        exclusion.coordinates.push_back(*coordinate);
    exclusions.push_back(std::move(exclusion));
  }
  return exclusions;
}

}  // namespace firesweep
