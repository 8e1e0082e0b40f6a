#include "stopping_keys.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "firesweep/check/suggestion.hpp"
#include "firesweep/experiment/plan.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;
using Of = PrecisionTarget::Of;

constexpr std::string_view until_name = "matrix.seed.until";
constexpr std::string_view burnt = "burn_fraction";
constexpr std::string_view lost = "_lost";
constexpr std::size_t usual_most = 100'000;

std::vector<std::string> means_of(const std::vector<Assets>& assets) {
  std::vector<std::string> names = {std::string(burnt)};
  for (const Assets& set : assets) names.push_back(set.name + std::string(lost));
  return names;
}

class TargetDecoder {
 public:
  TargetDecoder(const std::vector<Assets>& assets, ValueDecoder& decode) : assets_(assets), decode_(decode) {}

  std::optional<PrecisionTarget> decode(const SourceNode& node) {
    constexpr std::array<std::string_view, 4> estimates = {"mean", "exceedance", "quantile", "started"};
    constexpr std::array<std::string_view, 6> keys = {"mean",    "exceedance", "quantile",
                                                      "started", "half_width", "relative_half_width"};
    const std::size_t before = decode_.problems();
    if (node.kind != Kind::map) {
      decode_.problem(node.where,
                      fmt::format("{} must be a map, or a list of maps, not {}; write for example "
                                  "{{exceedance: 0.1, half_width: 0.02}}",
                                  until_name, description(node)));
      return std::nullopt;
    }
    decode_.section(node, until_name, keys);
    const auto is_estimate = [&](const SourceEntry& entry) {
      return std::ranges::count(estimates, entry.key) > 0;
    };
    if (std::ranges::count_if(node.entries, is_estimate) != 1)
      decode_.problem(node.where, fmt::format("{} must name one of {}", until_name, listing(estimates)));
    else
      read_estimate(*std::ranges::find_if(node.entries, is_estimate));
    read_width(node);
    return decode_.problems() > before ? std::nullopt : std::optional(target_);
  }

 private:
  void read_estimate(const SourceEntry& entry) {
    const std::string name = fmt::format("{}.{}", until_name, entry.key);
    if (entry.key == "mean") return read_mean(entry.value, name);
    if (entry.key == "started") {
      target_.of = Of::started;
      if (!decode_.truth(entry.value, name).value_or(true))
        decode_.problem(entry.value.where, fmt::format("{} must be true; or leave it out", name));
      return;
    }
    target_.of = entry.key == "exceedance" ? Of::exceedance : Of::quantile;
    const auto value = decode_.share(entry.value, name);
    if (!value) return;
    target_.at = *value;
    const bool is_inside =
        target_.of == Of::exceedance ? *value >= 0.0 && *value < 1.0 : *value > 0.0 && *value < 1.0;
    if (!is_inside)
      decode_.problem(entry.value.where,
                      fmt::format("{} must be a number {} and below 1, not {}", name,
                                  target_.of == Of::exceedance ? "of at least 0" : "above 0", *value));
  }

  void read_mean(const SourceNode& node, const std::string& name) {
    const std::vector<std::string> means = means_of(assets_);
    const std::vector<std::string_view> names(means.begin(), means.end());
    const auto i = decode_.choice(node, name, names);
    if (!i) return;
    target_.of = *i == 0 ? Of::mean : Of::loss;
    if (*i > 0) target_.assets = assets_[*i - 1].name;
  }

  void read_width(const SourceNode& node) {
    const SourceEntry* absolute = node.find("half_width");
    const SourceEntry* relative = node.find("relative_half_width");
    if ((absolute == nullptr) == (relative == nullptr)) {
      decode_.problem(node.where, fmt::format("{} needs half_width or relative_half_width{}", until_name,
                                              absolute ? ", not both" : ""));
      return;
    }
    const SourceEntry& given = absolute ? *absolute : *relative;
    target_.is_relative = relative != nullptr;
    const auto value = decode_.number(given.value, fmt::format("{}.{}", until_name, given.key));
    if (value && !(*value > 0.0))
      decode_.problem(given.value.where,
                      fmt::format("{}.{} must be above 0, not {}", until_name, given.key, *value));
    target_.half_width = value.value_or(1.0);
  }

  const std::vector<Assets>& assets_;
  ValueDecoder& decode_;
  PrecisionTarget target_;
};

std::string text_of(const PrecisionTarget& target) {
  std::string of;
  switch (target.of) {
    case Of::mean:
      of = fmt::format("mean: {}", burnt);
      break;
    case Of::exceedance:
      of = fmt::format("exceedance: {}", target.at);
      break;
    case Of::quantile:
      of = fmt::format("quantile: {}", target.at);
      break;
    case Of::started:
      of = "started: true";
      break;
    case Of::loss:
      of = fmt::format("mean: {}{}", target.assets, lost);
      break;
  }
  return fmt::format("{{{}, {}half_width: {}}}", of, target.is_relative ? "relative_" : "",
                     target.half_width);
}

}  // namespace

Json stopping_form() {
  Json target = {{"type", "object"}, {"additionalProperties", false}};
  target["properties"] = {
      {"mean", {{"type", "string"}}},
      {"exceedance", {{"type", "number"}, {"minimum", 0}, {"exclusiveMaximum", 1}}},
      {"quantile", {{"type", "number"}, {"exclusiveMinimum", 0}, {"exclusiveMaximum", 1}}},
      {"started", {{"const", true}}},
      {"half_width", {{"type", "number"}, {"exclusiveMinimum", 0}}},
      {"relative_half_width", {{"type", "number"}, {"exclusiveMinimum", 0}}}};
  return {{"oneOf", Json::array({target, {{"type", "array"}, {"minItems", 1}, {"items", target}}})}};
}

std::optional<StoppingRule> decode_stopping_rule(const SourceNode& node, const SourceEntry* most,
                                                 std::size_t first_stage, const std::vector<Assets>& assets,
                                                 ValueDecoder& decode) {
  const std::size_t before = decode.problems();
  StoppingRule rule{.first_stage = first_stage, .most = std::max(usual_most, first_stage)};
  if (most)
    if (const auto value = decode.whole_number(most->value, "matrix.seed.most", 1, max_seeds)) {
      rule.most = *value;
      if (*value < first_stage)
        decode.problem(
            most->value.where,
            fmt::format("matrix.seed.most must be at least the count, {}, not {}", first_stage, *value));
    }
  const bool is_list = node.kind == Kind::sequence && !node.items.empty();
  for (const SourceNode& item : is_list ? node.items : std::vector<SourceNode>{node})
    if (auto target = TargetDecoder(assets, decode).decode(item)) rule.targets.push_back(std::move(*target));
  return decode.problems() > before ? std::nullopt : std::optional(std::move(rule));
}

std::string stopping_text(const StoppingRule& rule) {
  std::vector<std::string> texts;
  for (const PrecisionTarget& target : rule.targets) texts.push_back(text_of(target));
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

}  // namespace firesweep
