#include "ignition_decoder.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <unordered_map>

#include <fmt/format.h>

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

class IgnitionDecoder {
 public:
  IgnitionDecoder(std::optional<Extent> extent, ValueDecoder& decode) : extent_(extent), decode_(decode) {}

  std::optional<IgnitionSet> decode_set(const SourceEntry& entry) {
    const bool has_control = std::any_of(entry.key.begin(), entry.key.end(),
                                         [](char c) { return static_cast<unsigned char>(c) < ' '; });
    if (has_control) {
      decode_.problem(entry.where, "the name of an ignition set must not contain control characters");
      return std::nullopt;
    }
    if (entry.value.kind == Kind::map) return decode_random(entry);
    if (entry.value.kind == Kind::sequence) return decode_points(entry);
    decode_.problem(
        entry.value.where,
        fmt::format("ignition set '{}' must be a list of points [[x, y], ...] or {{random: k}}, not {}",
                    entry.key, description(entry.value)));
    return std::nullopt;
  }

 private:
  std::optional<IgnitionSet> decode_random(const SourceEntry& entry) {
    constexpr std::array<std::string_view, 1> keys = {"random"};
    const std::string what = fmt::format("ignition_set.{}", entry.key);
    decode_.section(entry.value, what, keys);
    const SourceEntry* random = entry.value.find("random");
    if (!random) {
      if (entry.value.entries.empty())
        decode_.problem(
            entry.value.where,
            fmt::format("ignition set '{}' is empty; write for example {{random: 12}}", entry.key));
      return std::nullopt;
    }
    constexpr std::uint64_t largest = std::numeric_limits<std::uint32_t>::max();
    const auto count = decode_.whole_number(random->value, what + ".random", 1, largest);
    if (!count) return std::nullopt;
    if (extent_ && *count > extent_->cells()) {
      decode_.problem(random->value.where,
                      fmt::format("{}.random asks for {} distinct cells, but the {} x {} landscape has {}",
                                  what, *count, extent_->width, extent_->height, extent_->cells()));
      return std::nullopt;
    }
    return RandomIgnition{static_cast<std::uint32_t>(*count)};
  }

  std::optional<IgnitionSet> decode_points(const SourceEntry& entry) {
    if (entry.value.items.empty()) {
      decode_.problem(entry.value.where,
                      fmt::format("ignition set '{}' has no points (nothing would burn)", entry.key));
      return std::nullopt;
    }
    if (looks_like_one_point(entry.value)) {
      decode_.problem(
          entry.value.where,
          fmt::format("ignition set '{0}' must be a list of points, not one point; write [[{1}, {2}]]",
                      entry.key, entry.value.items[0].text, entry.value.items[1].text));
      return std::nullopt;
    }
    IgnitionPoints points;
    std::unordered_map<std::uint64_t, Location> first;
    for (const SourceNode& item : entry.value.items) {
      const std::optional<Cell> cell = decode_point(item, entry.key);
      if (!cell) continue;
      points.push_back(*cell);
      const std::uint64_t key = std::uint64_t{cell->y} << 32 | cell->x;
      const auto [found, is_new] = first.emplace(key, item.where);
      if (is_new) continue;
      const Location& at = found->second;
      decode_.problem(
          item.where,
          fmt::format("ignition point [{}, {}] of '{}' is listed twice{}", cell->x, cell->y, entry.key,
                      at.line > 0 ? fmt::format(" (first at {}:{})", at.line, at.column) : ""));
    }
    return points;
  }

  static bool looks_like_one_point(const SourceNode& node) {
    return node.items.size() == 2 &&
           std::all_of(node.items.begin(), node.items.end(),
                       [](const SourceNode& item) { return item.kind == Kind::scalar; });
  }

  std::optional<Cell> decode_point(const SourceNode& node, const std::string& set) {
    if (node.kind != Kind::sequence || node.items.size() != 2) {
      const std::string found =
          node.kind == Kind::sequence ? fmt::format("a list of {}", node.items.size()) : description(node);
      decode_.problem(node.where,
                      fmt::format("an ignition point of '{}' must be [x, y], not {}", set, found));
      return std::nullopt;
    }
    const auto x = decode_.integer(node.items[0], fmt::format("x of an ignition point of '{}'", set));
    const auto y = decode_.integer(node.items[1], fmt::format("y of an ignition point of '{}'", set));
    if (!x || !y || !extent_) return std::nullopt;
    const bool x_is_inside = *x >= 0 && *x < std::int64_t{extent_->width};
    const bool y_is_inside = *y >= 0 && *y < std::int64_t{extent_->height};
    if (x_is_inside && y_is_inside)
      return Cell{static_cast<std::uint32_t>(*x), static_cast<std::uint32_t>(*y)};
    decode_.problem(node.where,
                    fmt::format("ignition point [{}, {}] of '{}' lies outside the {} x {} landscape ({}{}{})",
                                *x, *y, set, extent_->width, extent_->height,
                                x_is_inside ? "" : fmt::format("x must be 0..{}", extent_->width - 1),
                                x_is_inside || y_is_inside ? "" : ", ",
                                y_is_inside ? "" : fmt::format("y must be 0..{}", extent_->height - 1)));
    return std::nullopt;
  }

  std::optional<Extent> extent_;
  ValueDecoder& decode_;
};

}  // namespace

std::optional<IgnitionSetAxis> decode_ignition_sets(const SourceNode& node, std::optional<Extent> extent,
                                                    ValueDecoder& decode) {
  if (node.kind != Kind::map) {
    decode.problem(
        node.where,
        fmt::format("matrix.ignition_set must be a map of names to points, not {}; write for example "
                    "{{centre: [[128, 128]]}}",
                    description(node)));
    return std::nullopt;
  }
  if (node.entries.empty()) {
    decode.problem(node.where, "matrix.ignition_set has no values (an axis needs at least one)");
    return std::nullopt;
  }
  const std::size_t before = decode.problems();
  IgnitionDecoder ignition(extent, decode);
  IgnitionSetAxis axis;
  for (const SourceEntry& entry : node.entries) {
    std::optional<IgnitionSet> set = ignition.decode_set(entry);
    if (set) axis.sets.push_back({entry.key, std::move(*set)});
  }
  if (decode.problems() > before) return std::nullopt;
  return axis;
}

}  // namespace firesweep
