#include "key_values.hpp"

#include <algorithm>
#include <utility>

#include <fmt/ranges.h>

#include "firesweep/check/suggestion.hpp"
#include "firesweep/experiment/parameter.hpp"
#include "firesweep/experiment/plan.hpp"

#include "yaml_text.hpp"

namespace firesweep {

Experiment default_experiment() {
  constexpr std::uint32_t side = 256;
  Experiment experiment;
  experiment.base.extent = {side, side};
  return experiment;
}

Json list_form(Json items) {
  Json form = {{"type", "array"}, {"minItems", 1}, {"uniqueItems", true}};
  form["items"] = std::move(items);
  return form;
}

std::optional<std::uint32_t> WholeNumber::decode(const SourceNode& node, std::string_view what,
                                                 ValueDecoder& decode) const {
  const auto value = decode.whole_number(node, what, least, most);
  return value ? std::optional(static_cast<std::uint32_t>(*value)) : std::nullopt;
}

Json Share::schema() const {
  return {
      {"type", "number"}, {limits == inside ? "exclusiveMinimum" : "minimum", 0}, {"exclusiveMaximum", 1}};
}

std::optional<double> Share::decode(const SourceNode& node, std::string_view what,
                                    ValueDecoder& decode) const {
  const auto value = decode.share(node, what);
  if (!value || allows(*value)) return value;
  decode.problem(node.where, fmt::format("{} must be {}, not {}{}", what, wanted, description(node),
                                         share_suggestion(node.text)));
  return std::nullopt;
}

std::string ShareList::text(const std::vector<double>& values) const {
  return yaml_list(values);
}

std::optional<std::vector<double>> ShareList::decode(const SourceNode& node, std::string_view what,
                                                     ValueDecoder& decode) const {
  if (node.kind != SourceNode::Kind::sequence || node.items.empty()) {
    decode.problem(node.where, fmt::format("{} must be a list of one number or more, not {}", what,
                                           node.kind == SourceNode::Kind::sequence ? "an empty list"
                                                                                   : description(node)));
    return std::nullopt;
  }
  std::vector<double> values;
  for (const SourceNode& item : node.items) {
    const auto value = Share{limits, wanted}.decode(item, what, decode);
    if (!value) continue;
    if (!values.empty() && *value <= values.back())
      decode.problem(item.where, fmt::format("{} must increase, but {} comes after {}", what,
                                             description(item), values.back()));
    else
      values.push_back(*value);
  }
  return values;
}

Json AxisNames::schema() const {
  Json names = {DangerLevelAxis::name, WeatherAxis::name, LandscapeAxis::name, IgnitionSetAxis::name};
  for (const Parameter& parameter : parameters()) names.push_back(parameter.name);
  return list_form({{"enum", std::move(names)}});
}

std::string AxisNames::text(const std::vector<std::string>& names) const {
  return fmt::format("[{}]", fmt::join(names, ", "));
}

std::optional<std::vector<std::string>> AxisNames::decode(const SourceNode& node, std::string_view what,
                                                          ValueDecoder& decode) const {
  if (node.kind != SourceNode::Kind::sequence || node.items.empty()) {
    decode.problem(
        node.where,
        fmt::format("{} must be a list of one axis of the matrix or more, not {}", what,
                    node.kind == SourceNode::Kind::sequence ? "an empty list" : description(node)));
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (const SourceNode& item : node.items) {
    const auto name = decode.text(item, what);
    if (!name) continue;
    if (std::ranges::find(names, *name) != names.end())
      decode.problem(item.where, fmt::format("{} lists {} twice", what, description(item)));
    names.push_back(*name);
  }
  return names;
}

Json Allowance::json(const FailureAllowance& value) const {
  if (value.is_share) return value.amount;
  return static_cast<std::uint64_t>(value.amount);
}

std::string Allowance::text(const FailureAllowance& value) const {
  if (!value.is_share) return fmt::format("{}", static_cast<std::uint64_t>(value.amount));
  const std::string share = fmt::format("{}", value.amount);
  // A share has a decimal point; 1e-07 is written without one.
  const std::size_t e = share.find('e');
  const bool has_point = share.find('.') != std::string::npos;
  return has_point || e == std::string::npos ? share : share.substr(0, e) + ".0" + share.substr(e);
}

std::optional<FailureAllowance> Allowance::decode(const SourceNode& node, std::string_view what,
                                                  ValueDecoder& decode) const {
  if (node.kind == SourceNode::Kind::scalar && node.text.find_first_of(".%") != std::string::npos) {
    const auto share = decode.share(node, what);
    if (share && *share > 0.0 && *share < 1.0) return FailureAllowance{*share, true};
    if (share)
      decode.problem(node.where,
                     fmt::format("{} must be a number of runs, or a share above 0 and below 1 with a decimal "
                                 "point, not {}",
                                 what, description(node)));
    return std::nullopt;
  }
  constexpr std::uint64_t most = max_scenarios * max_seeds;
  const auto runs = decode.whole_number(node, what, 0, most);
  return runs ? std::optional(FailureAllowance{static_cast<double>(*runs), false}) : std::nullopt;
}

std::string Name::text(const std::string& value) const {
  return yaml_scalar(value);
}

std::optional<std::string> Name::decode(const SourceNode& node, std::string_view what,
                                        ValueDecoder& decode) const {
  const auto name = decode.text(node, what);
  if (!name) return std::nullopt;
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
  const bool is_good = !name->empty() && name->size() <= longest && name->front() != '.' &&
                       name->front() != '-' && name->find_first_not_of(allowed) == std::string::npos;
  if (is_good) return name;
  decode.problem(
      node.where,
      fmt::format("{} must be at most {} letters, digits, '-', '_' and '.', the first of them neither '-' "
                  "nor '.', not {} (it becomes part of file names)",
                  what, longest, description(node)));
  return std::nullopt;
}

}  // namespace firesweep
