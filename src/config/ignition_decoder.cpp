#include "ignition_decoder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
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
  IgnitionDecoder(const std::optional<IgnitionGround>& ground, ValueDecoder& decode)
      : ground_(ground), decode_(decode) {}

  std::optional<IgnitionSet> decode_set(const SourceEntry& entry) {
    const bool has_control = std::any_of(entry.key.begin(), entry.key.end(),
                                         [](char c) { return static_cast<unsigned char>(c) < ' '; });
    if (has_control) {
      decode_.problem(entry.where, "the name of an ignition set must not contain control characters");
      return std::nullopt;
    }
    if (entry.value.kind == Kind::map && entry.value.find("at")) return decode_places(entry);
    if (entry.value.kind == Kind::map) return decode_random(entry);
    if (entry.value.kind == Kind::sequence) return decode_points(entry);
    decode_.problem(entry.value.where,
                    fmt::format("ignition set '{}' must be a list of points [[x, y], ...], {{at: [[easting, "
                                "northing], ...]}} or {{random: k}}, not {}",
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
    if (ground_ && *count > ground_->burnable_cells()) {
      decode_.problem(
          random->value.where,
          fmt::format("{}.random asks for {} distinct cells, but the {} x {} landscape has {}{}", what,
                      *count, ground_->extent.width, ground_->extent.height, ground_->burnable_cells(),
                      ground_->landscapes.empty() ? "" : " that can burn"));
      return std::nullopt;
    }
    return RandomIgnition{static_cast<std::uint32_t>(*count)};
  }

  /// Points in the coordinates of the map.
  std::optional<IgnitionSet> decode_places(const SourceEntry& entry) {
    constexpr std::array<std::string_view, 1> keys = {"at"};
    const std::string what = fmt::format("ignition_set.{}", entry.key);
    decode_.section(entry.value, what, keys);
    if (ground_ && !ground_->placement) {
      decode_.problem(entry.where,
                      fmt::format("{}.at needs a place on the ground; give landscape.cell_size and "
                                  "landscape.corner, or points [x, y] in cells",
                                  what));
      return std::nullopt;
    }
    const SourceNode& list = entry.value.find("at")->value;
    if (list.kind == Kind::sequence && !list.items.empty())
      return decode_list(list, entry.key, &IgnitionDecoder::place);
    decode_.problem(list.where,
                    fmt::format("{}.at must be a list of points [[easting, northing], ...], not {}", what,
                                list.kind == Kind::sequence ? "an empty one" : description(list)));
    return std::nullopt;
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
    return decode_list(entry.value, entry.key, &IgnitionDecoder::cell);
  }

  using DecodePoint = std::optional<Cell> (IgnitionDecoder::*)(const SourceNode& node,
                                                               const std::string& set);

  IgnitionPoints decode_list(const SourceNode& list, const std::string& set, DecodePoint decode_point) {
    IgnitionPoints points;
    std::unordered_map<std::uint64_t, Location> first;
    for (const SourceNode& item : list.items) {
      const std::optional<Cell> cell = (this->*decode_point)(item, set);
      if (!cell) continue;
      expect_land(*cell, item, set);
      points.push_back(*cell);
      const std::uint64_t key = std::uint64_t{cell->y} << 32 | cell->x;
      const auto [found, is_new] = first.emplace(key, item.where);
      if (is_new) continue;
      const Location& at = found->second;
      decode_.problem(item.where,
                      fmt::format("ignition point [{}, {}] of '{}' is listed twice{}", cell->x, cell->y, set,
                                  at.line > 0 ? fmt::format(" (first at {}:{})", at.line, at.column) : ""));
    }
    return points;
  }

  static bool looks_like_one_point(const SourceNode& node) {
    return node.items.size() == 2 &&
           std::all_of(node.items.begin(), node.items.end(),
                       [](const SourceNode& item) { return item.kind == Kind::scalar; });
  }

  bool is_pair(const SourceNode& node, const std::string& set, std::string_view wanted) {
    if (node.kind == Kind::sequence && node.items.size() == 2) return true;
    const std::string found =
        node.kind == Kind::sequence ? fmt::format("a list of {}", node.items.size()) : description(node);
    decode_.problem(node.where,
                    fmt::format("an ignition point of '{}' must be {}, not {}", set, wanted, found));
    return false;
  }

  void expect_land(Cell cell, const SourceNode& node, const std::string& set) {
    if (ground_->is_land(cell)) return;
    decode_.problem(node.where,
                    fmt::format("ignition point [{}, {}] of '{}' lies where the rasters have no data (no "
                                "land, so nothing can burn); move it or leave it out",
                                cell.x, cell.y, set));
  }

  std::optional<Cell> place(const SourceNode& node, const std::string& set) {
    if (!is_pair(node, set, "[easting, northing]")) return std::nullopt;
    const auto east = decode_.number(node.items[0], fmt::format("easting of an ignition point of '{}'", set));
    const auto north =
        decode_.number(node.items[1], fmt::format("northing of an ignition point of '{}'", set));
    if (!east || !north || !ground_) return std::nullopt;
    const Placement& grid = *ground_->placement;
    const double x = std::floor((*east - grid.west) / grid.cell_width);
    const double y = std::floor((grid.north - *north) / grid.cell_height);
    const auto [width, height] = ground_->extent;
    if (x >= 0.0 && x < width && y >= 0.0 && y < height)
      return Cell{static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)};
    decode_.problem(
        node.where,
        fmt::format("ignition point [{}, {}] of '{}' lies outside the landscape (easting {} to {}, "
                    "northing {} to {})",
                    *east, *north, set, grid.west, grid.west + grid.cell_width * width,
                    grid.south(ground_->extent), grid.north));
    return std::nullopt;
  }

  std::optional<Cell> cell(const SourceNode& node, const std::string& set) {
    if (!is_pair(node, set, "[x, y]")) return std::nullopt;
    const auto x = decode_.integer(node.items[0], fmt::format("x of an ignition point of '{}'", set));
    const auto y = decode_.integer(node.items[1], fmt::format("y of an ignition point of '{}'", set));
    if (!x || !y || !ground_) return std::nullopt;
    const Extent extent = ground_->extent;
    const bool x_is_inside = *x >= 0 && *x < std::int64_t{extent.width};
    const bool y_is_inside = *y >= 0 && *y < std::int64_t{extent.height};
    if (x_is_inside && y_is_inside)
      return Cell{static_cast<std::uint32_t>(*x), static_cast<std::uint32_t>(*y)};
    decode_.problem(node.where,
                    fmt::format("ignition point [{}, {}] of '{}' lies outside the {} x {} landscape ({}{}{})",
                                *x, *y, set, extent.width, extent.height,
                                x_is_inside ? "" : fmt::format("x must be 0..{}", extent.width - 1),
                                x_is_inside || y_is_inside ? "" : ", ",
                                y_is_inside ? "" : fmt::format("y must be 0..{}", extent.height - 1)));
    return std::nullopt;
  }

  const std::optional<IgnitionGround>& ground_;
  ValueDecoder& decode_;
};

}  // namespace

bool IgnitionGround::is_land(Cell cell) const {
  return std::ranges::all_of(landscapes, [&](const auto& landscape) { return landscape->is_land(cell); });
}

std::uint64_t IgnitionGround::burnable_cells() const {
  std::uint64_t fewest = extent.cells();
  for (const auto& landscape : landscapes) fewest = std::min(fewest, landscape->burnable_cells());
  return fewest;
}

std::optional<IgnitionSetAxis> decode_ignition_sets(const SourceNode& node,
                                                    const std::optional<IgnitionGround>& ground,
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
  IgnitionDecoder ignition(ground, decode);
  IgnitionSetAxis axis;
  for (const SourceEntry& entry : node.entries) {
    std::optional<IgnitionSet> set = ignition.decode_set(entry);
    if (set) axis.sets.push_back({entry.key, std::move(*set)});
  }
  if (decode.problems() > before) return std::nullopt;
  return axis;
}

}  // namespace firesweep
