#include "ignition_places.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "firesweep/check/wording.hpp"
#include "firesweep/table/point_table.hpp"

namespace firesweep {
namespace {

using Kind = SourceNode::Kind;

std::uint64_t key_of(Cell cell) {
  return std::uint64_t{cell.y} << 32 | cell.x;
}

bool looks_like_one_point(const SourceNode& node) {
  return node.items.size() == 2 &&
         std::ranges::all_of(node.items, [](const SourceNode& item) { return item.kind == Kind::scalar; });
}

/// A whole number; one that is out of all bounds stays so.
std::int64_t whole(double value) {
  constexpr double far = 1e15;
  return static_cast<std::int64_t>(std::clamp(value, -far, far));
}

}  // namespace

bool IgnitionGround::is_land(Cell cell) const {
  return std::ranges::all_of(landscapes, [&](const auto& landscape) { return landscape->is_land(cell); });
}

std::optional<IgnitionPlaces::Given> IgnitionPlaces::given(const SourceNode& node, const std::string& what) {
  if (node.kind != Kind::map) return Given{&node, false};
  constexpr std::array<std::string_view, 1> keys = {"at"};
  decode_.section(node, what, keys);
  const SourceEntry* at = node.find("at");
  if (at == nullptr) {
    if (node.entries.empty()) decode_.problem(node.where, fmt::format("{} is empty", what));
    return std::nullopt;
  }
  if (!ground_ || ground_->placement) return Given{&at->value, true};
  decode_.problem(at->where, fmt::format("{}.at needs a place on the ground; give landscape.cell_size and "
                                         "landscape.corner, or points [x, y] in cells",
                                         what));
  return std::nullopt;
}

bool IgnitionPlaces::is_list(const Given& given, const std::string& what) {
  const SourceNode& node = *given.node;
  const std::string_view wanted = given.is_on_map ? "[[easting, northing], ...]" : "[[x, y], ...]";
  if (node.kind == Kind::sequence && !node.items.empty() && !looks_like_one_point(node)) return true;
  if (node.kind == Kind::sequence && !node.items.empty()) {
    decode_.problem(node.where, fmt::format("{} must be a list of points, not one point; write [[{}, {}]]",
                                            what, node.items[0].text, node.items[1].text));
    return false;
  }
  decode_.problem(
      node.where,
      fmt::format("{}{} must be a list of points {}, not {}", what, given.is_on_map ? ".at" : "", wanted,
                  node.kind == Kind::sequence ? std::string("an empty one") : description(node)));
  return false;
}

std::optional<IgnitionPoints> IgnitionPlaces::points(const SourceNode& node, const std::string& what) {
  const std::size_t before = decode_.problems();
  const std::optional<Given> list = given(node, what);
  if (!list || !is_list(*list, what)) return std::nullopt;
  IgnitionPoints points;
  std::unordered_map<std::uint64_t, Location> first;
  for (const SourceNode& item : list->node->items) {
    const std::optional<Cell> cell = point(item, list->is_on_map);
    if (!cell) continue;
    points.push_back(*cell);
    const auto [found, is_new] = first.emplace(key_of(*cell), item.where);
    if (is_new) continue;
    const Location& at = found->second;
    decode_.problem(item.where,
                    fmt::format("ignition point [{}, {}] of '{}' is listed twice{}", cell->x, cell->y, set_,
                                at.line > 0 ? fmt::format(" (first at {}:{})", at.line, at.column) : ""));
  }
  return decode_.problems() == before ? std::optional(std::move(points)) : std::nullopt;
}

std::optional<IgnitionPoints> IgnitionPlaces::points_of_file(const SourceNode& node,
                                                             const std::filesystem::path& folder,
                                                             std::vector<Problem>& warnings) {
  const std::size_t before = decode_.problems();
  const PointTable table = read_points((folder / node.text).lexically_normal().string());
  if (table.is_on_map && ground_ && !ground_->placement) {
    decode_.problem(node.where,
                    fmt::format("{}: eastings and northings need a place on the ground; give "
                                "landscape.cell_size and landscape.corner, or columns x and y in cells",
                                node.text));
    return std::nullopt;
  }
  IgnitionPoints points;
  std::unordered_set<std::uint64_t> seen;
  if (!ground_) return std::nullopt;
  for (const auto& [x, y, row] : table.points) {
    const std::string what = fmt::format("{}: ignition point [{}, {}] of '{}'", to_string(row), x, y, set_);
    if (!table.is_on_map && (x != std::floor(x) || y != std::floor(y))) {
      decode_.problem(node.where,
                      fmt::format("{} is no cell (x and y are whole numbers; are they easting and "
                                  "northing?)",
                                  what));
      continue;
    }
    const std::optional<Cell> cell =
        table.is_on_map ? cell_at(x, y, node.where, what) : cell_of(whole(x), whole(y), node.where, what);
    if (!cell || !seen.insert(key_of(*cell)).second) continue;
    points.push_back(*cell);
    rows_.push_back(row);
  }
  if (decode_.problems() > before) return std::nullopt;
  if (points.size() < table.points.size())
    warnings.push_back(
        {node.where, fmt::format("{}: its {} lie in {}, each of which counts once", node.text,
                                 counted(table.points.size(), "point"), counted(points.size(), "cell"))});
  return points;
}

std::optional<IgnitionLine> IgnitionPlaces::line(const SourceNode& node, const std::string& what) {
  const std::size_t before = decode_.problems();
  const std::optional<Given> list = given(node, what);
  if (!list || !is_list(*list, what)) return std::nullopt;
  if (list->node->items.size() < 2) {
    decode_.problem(list->node->where,
                    fmt::format("{} has one vertex only; a line needs two or more, a point none", what));
    return std::nullopt;
  }
  IgnitionLine line;
  for (const SourceNode& item : list->node->items)
    if (const std::optional<Cell> cell = point(item, list->is_on_map)) line.vertices.push_back(*cell);
  return decode_.problems() == before && ground_ ? std::optional(std::move(line)) : std::nullopt;
}

std::optional<IgnitionBox> IgnitionPlaces::box(const SourceNode& node, const std::string& what) {
  const std::optional<Given> sides = given(node, what);
  if (!sides) return std::nullopt;
  if (sides->node->kind == Kind::sequence && sides->node->items.size() == 4)
    return sides->is_on_map ? box_on_map(*sides->node, what) : box_of_cells(*sides->node, what);
  const std::string found = sides->node->kind == Kind::sequence
                                ? fmt::format("a list of {}", sides->node->items.size())
                                : description(*sides->node);
  decode_.problem(
      sides->node->where,
      sides->is_on_map
          ? fmt::format("{}.at must be [west, south, east, north], not {}", what, found)
          : fmt::format("{} must be [x0, y0, x1, y1], cells of two corners, not {}", what, found));
  return std::nullopt;
}

std::optional<IgnitionBox> IgnitionPlaces::box_of_cells(const SourceNode& node, const std::string& what) {
  std::array<std::int64_t, 4> sides{};
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const auto side = decode_.integer(node.items[i], what);
    if (!side) return std::nullopt;
    sides[i] = *side;
  }
  const auto [x0, y0, x1, y1] = sides;
  if (x0 > x1 || y0 > y1) {
    decode_.problem(node.where,
                    fmt::format("{} has its corners reversed ({}); write [{}, {}, {}, {}]", what,
                                x0 > x1 ? fmt::format("x0 {} is right of x1 {}", x0, x1)
                                        : fmt::format("y0 {} is below y1 {}", y0, y1),
                                std::min(x0, x1), std::min(y0, y1), std::max(x0, x1), std::max(y0, y1)));
    return std::nullopt;
  }
  if (!ground_) return std::nullopt;
  const auto corner = [&](std::int64_t x, std::int64_t y) {
    return cell_of(x, y, node.where, fmt::format("corner [{}, {}] of {}", x, y, what));
  };
  const auto first = corner(x0, y0);
  const auto last = corner(x1, y1);
  return first && last ? std::optional(IgnitionBox{*first, *last}) : std::nullopt;
}

std::optional<IgnitionBox> IgnitionPlaces::box_on_map(const SourceNode& node, const std::string& what) {
  std::array<double, 4> sides{};
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const auto side = decode_.number(node.items[i], what);
    if (!side) return std::nullopt;
    sides[i] = *side;
  }
  const auto [west, south, east, north] = sides;
  if (west >= east || south >= north) {
    decode_.problem(node.where,
                    fmt::format("{}.at has its corners reversed, or no area ({}); it is [west, south, east, "
                                "north]",
                                what,
                                west >= east ? fmt::format("west {} is not below east {}", west, east)
                                             : fmt::format("south {} is not below north {}", south, north)));
    return std::nullopt;
  }
  if (!ground_) return std::nullopt;
  const auto first =
      cell_at(west, north, node.where, fmt::format("corner [{}, {}] of {}", west, north, what));
  const auto last = cell_at(east, south, node.where, fmt::format("corner [{}, {}] of {}", east, south, what));
  if (!first || !last) return std::nullopt;
  const Placement& grid = *ground_->placement;
  // A side on the border of two cells overlaps the inner one only.
  const auto inner = [](double distance, std::uint32_t cell, std::uint32_t least) {
    return distance == std::floor(distance) && cell == distance && cell > least ? cell - 1 : cell;
  };
  return IgnitionBox{*first,
                     {inner((east - grid.west) / grid.cell_width, last->x, first->x),
                      inner((grid.north - south) / grid.cell_height, last->y, first->y)}};
}

bool IgnitionPlaces::is_pair(const SourceNode& node, std::string_view wanted) {
  if (node.kind == Kind::sequence && node.items.size() == 2) return true;
  const std::string found =
      node.kind == Kind::sequence ? fmt::format("a list of {}", node.items.size()) : description(node);
  decode_.problem(node.where,
                  fmt::format("an ignition point of '{}' must be {}, not {}", set_, wanted, found));
  return false;
}

std::optional<Cell> IgnitionPlaces::point(const SourceNode& node, bool is_on_map) {
  return is_on_map ? place(node) : cell(node);
}

std::optional<Cell> IgnitionPlaces::place(const SourceNode& node) {
  if (!is_pair(node, "[easting, northing]")) return std::nullopt;
  const auto east = decode_.number(node.items[0], fmt::format("easting of an ignition point of '{}'", set_));
  const auto north =
      decode_.number(node.items[1], fmt::format("northing of an ignition point of '{}'", set_));
  if (!east || !north || !ground_) return std::nullopt;
  return cell_at(*east, *north, node.where,
                 fmt::format("ignition point [{}, {}] of '{}'", *east, *north, set_));
}

std::optional<Cell> IgnitionPlaces::cell_at(double east, double north, const Location& where,
                                            const std::string& what) {
  const Placement& grid = *ground_->placement;
  const Extent extent = ground_->extent;
  if (const auto found = firesweep::cell_at(grid, extent, east, north)) return found;
  decode_.problem(where, fmt::format("{} lies outside the landscape (easting {} to {}, northing {} to {})",
                                     what, grid.west, grid.west + grid.cell_width * extent.width,
                                     grid.south(extent), grid.north));
  return std::nullopt;
}

std::optional<Cell> IgnitionPlaces::cell(const SourceNode& node) {
  if (!is_pair(node, "[x, y]")) return std::nullopt;
  const auto x = decode_.integer(node.items[0], fmt::format("x of an ignition point of '{}'", set_));
  const auto y = decode_.integer(node.items[1], fmt::format("y of an ignition point of '{}'", set_));
  if (!x || !y || !ground_) return std::nullopt;
  return cell_of(*x, *y, node.where, fmt::format("ignition point [{}, {}] of '{}'", *x, *y, set_));
}

std::optional<Cell> IgnitionPlaces::cell_of(std::int64_t x, std::int64_t y, const Location& where,
                                            const std::string& what) {
  const Extent extent = ground_->extent;
  const bool x_is_inside = x >= 0 && x < std::int64_t{extent.width};
  const bool y_is_inside = y >= 0 && y < std::int64_t{extent.height};
  if (x_is_inside && y_is_inside) return Cell{static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)};
  decode_.problem(
      where, fmt::format("{} lies outside the {} x {} landscape ({}{}{})", what, extent.width, extent.height,
                         x_is_inside ? "" : fmt::format("x must be 0..{}", extent.width - 1),
                         x_is_inside || y_is_inside ? "" : ", ",
                         y_is_inside ? "" : fmt::format("y must be 0..{}", extent.height - 1)));
  return std::nullopt;
}

}  // namespace firesweep
