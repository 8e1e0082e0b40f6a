#include "distribution_decoder.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

class DistributionDecoder {
 public:
  DistributionDecoder(std::string what, const Parameter& parameter, ValueDecoder& decode)
      : what_(std::move(what)), parameter_(parameter), decode_(decode) {}

  std::optional<Distribution> decode(const SourceNode& node) {
    const std::size_t before = decode_.problems();
    Distribution distribution;
    if (node.kind == Kind::sequence) {
      read_values(node, what_, 2, distribution);
    } else if (node.kind == Kind::map) {
      read_map(node, distribution);
    } else {
      decode_.problem(node.where,
                      fmt::format("{} must be the two ends of its values or a distribution, not {}; "
                                  "write for example [20, 90], or {{normal: {{mean: 20, sd: 6}}, "
                                  "within: [3, 60]}}",
                                  what_, description(node)));
    }
    return decode_.problems() > before ? std::nullopt : std::optional(distribution);
  }

 private:
  void read_map(const SourceNode& node, Distribution& distribution) {
    std::vector<std::string_view> kinds;
    for (const Distribution::Kind kind : all_distributions) kinds.push_back(name(kind));
    std::vector<std::string_view> keys = kinds;
    keys.emplace_back("within");
    decode_.section(node, what_, keys);
    const auto is_kind = [&](const SourceEntry& entry) { return std::ranges::count(kinds, entry.key) > 0; };
    if (std::ranges::count_if(node.entries, is_kind) != 1) {
      decode_.problem(node.where, fmt::format("{} must name one of {}", what_, listing(kinds)));
      return;
    }
    const SourceEntry& entry = *std::ranges::find_if(node.entries, is_kind);
    distribution.kind =
        *std::ranges::find(all_distributions, entry.key, [](Distribution::Kind kind) { return name(kind); });
    const std::string what = fmt::format("{}.{}", what_, entry.key);
    switch (distribution.kind) {
      case Distribution::Kind::uniform:
        read_values(entry.value, what, 2, distribution);
        break;
      case Distribution::Kind::triangular:
        read_values(entry.value, what, 3, distribution);
        break;
      case Distribution::Kind::normal:
        read_shape(entry.value, what, {"mean", "sd"}, distribution);
        break;
      case Distribution::Kind::lognormal:
        read_shape(entry.value, what, {"median", "sigma"}, distribution);
        break;
    }
    if (const SourceEntry* within = node.find("within")) read_within(within->value, distribution);
  }

  /// So many values of the parameter that do not decrease, the first below the last.
  void read_values(const SourceNode& node, const std::string& what, std::size_t count,
                   Distribution& distribution) {
    const std::vector<double> values = list(node, what, count);
    if (values.size() < count) return;
    std::ranges::copy(values, distribution.numbers.begin());
    if (!std::ranges::is_sorted(values) || values.front() == values.back())
      decode_.problem(node.where, fmt::format("{} must increase", what));
  }

  void read_shape(const SourceNode& node, const std::string& what,
                  const std::array<std::string_view, 2>& keys, Distribution& distribution) {
    if (node.kind != Kind::map) {
      decode_.problem(node.where, fmt::format("{} must be a map, not {}; write {{{}: .., {}: ..}}", what,
                                              description(node), keys[0], keys[1]));
      return;
    }
    decode_.section(node, what, keys);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const SourceEntry* entry = node.find(keys[i]);
      if (!entry) {
        decode_.problem(node.where, fmt::format("{}.{} is missing", what, keys[i]));
        continue;
      }
      const auto value = decode_.number(entry->value, fmt::format("{}.{}", what, keys[i]));
      if (!value) continue;
      const bool must_be_positive = i == 1 || distribution.kind == Distribution::Kind::lognormal;
      if (must_be_positive && *value <= 0.0)
        decode_.problem(entry->value.where,
                        fmt::format("{}.{} must be above 0, not {}", what, keys[i], *value));
      distribution.numbers[i] = *value;
    }
  }

  void read_within(const SourceNode& node, Distribution& distribution) {
    const std::size_t before = decode_.problems();
    const std::string what = what_ + ".within";
    const std::vector<double> ends = list(node, what, 2);
    if (ends.size() < 2) return;
    distribution.within = {ends[0], ends[1]};
    if (ends[0] >= ends[1]) {
      decode_.problem(node.where, fmt::format("{} must increase", what));
    } else if (constexpr double least = 1e-9;
               decode_.problems() == before && distribution.share_within() < least) {
      decode_.problem(node.where, fmt::format("{} holds nothing of the distribution", what));
    }
  }

  std::vector<double> list(const SourceNode& node, const std::string& what, std::size_t count) {
    if (node.kind != Kind::sequence || node.items.size() != count) {
      decode_.problem(node.where,
                      fmt::format("{} must be a list of {} numbers, not {}", what, count,
                                  node.kind == Kind::sequence ? fmt::format("of {}", node.items.size())
                                                              : description(node)));
      return {};
    }
    std::vector<double> values;
    for (const SourceNode& item : node.items)
      if (const auto value = decode_.parameter(item, what, parameter_)) values.push_back(*value);
    return values;
  }

  std::string what_;
  const Parameter& parameter_;
  ValueDecoder& decode_;
};

}  // namespace

std::optional<Distribution> decode_distribution(const SourceNode& node, std::string what,
                                                const Parameter& parameter, ValueDecoder& decode) {
  return DistributionDecoder(std::move(what), parameter, decode).decode(node);
}

}  // namespace firesweep
