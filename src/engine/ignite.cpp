#include "firesweep/engine/ignite.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "firesweep/engine/vegetation.hpp"

namespace firesweep {
namespace {

// The first cells of the seed's own sequence, repeats passed over.
std::vector<Cell> drawn_points(RandomIgnition random, Extent extent, Seed seed) {
  std::vector<Cell> points;
  points.reserve(random.count);
  std::unordered_set<std::uint64_t> seen;
  for (std::uint64_t i = 0; points.size() < random.count; ++i) {
    const std::uint64_t index = number_below(seed, Purpose::ignition, i, extent.cells());
    if (seen.insert(index).second) points.push_back(extent.cell(index));
  }
  return points;
}

class Igniter {
 public:
  Igniter(const Scenario& scenario, Seed seed)
      : extent_(scenario.extent),
        rule_(scenario.on_bare_ground),
        vegetation_(seed, scenario.vegetation_density) {}

  void light(Cell point) {
    if (burns(point)) {
      ++ignition_.ignitions_failed;
    } else if (vegetation_.at(point)) {
      burn(point);
    } else if (rule_ == OnBareGround::force) {
      ignition_.forced.push_back(point);
      burn(point);
    } else if (const auto moved = rule_ == OnBareGround::nearest ? nearest_vegetation(point) : std::nullopt;
               moved && !burns(*moved)) {
      burn(*moved);
    } else {
      ++ignition_.ignitions_failed;
    }
  }

  Ignition take() { return std::move(ignition_); }

 private:
  // A few points are searched fastest as they stand; many are worth an index.
  static constexpr std::size_t few = 16;

  bool burns(Cell cell) const {
    const std::vector<Cell>& burning = ignition_.burning;
    if (burning.size() <= few) return std::find(burning.begin(), burning.end(), cell) != burning.end();
    return index_.contains(extent_.index(cell));
  }

  void burn(Cell cell) {
    ignition_.burning.push_back(cell);
    if (ignition_.burning.size() <= few) return;
    if (index_.empty()) {
      for (const Cell lit : ignition_.burning) index_.insert(extent_.index(lit));
    }
    index_.insert(extent_.index(cell));
  }

  // Searches square rings of growing radius. A ring of radius r holds no cell nearer than r, so the search
  // ends once r exceeds the best distance; a ring is scanned by row, then column, so the first of equals
  // wins.
  std::optional<Cell> nearest_vegetation(Cell centre) const {
    const std::int64_t furthest = std::max(extent_.width, extent_.height);
    std::optional<Cell> best;
    std::int64_t best_square = 0;
    for (std::int64_t radius = 1; radius <= furthest && (!best || radius * radius <= best_square); ++radius) {
      for (std::int64_t dy = -radius; dy <= radius; ++dy) {
        const bool is_edge = dy == -radius || dy == radius;
        for (std::int64_t dx = -radius; dx <= radius; dx += is_edge ? 1 : 2 * radius) {
          const std::int64_t square = dx * dx + dy * dy;
          const std::optional<Cell> cell = offset(centre, dx, dy);
          if (!cell || (best && !closer(square, *cell, best_square, *best))) continue;
          if (!vegetation_.at(*cell)) continue;
          best = cell;
          best_square = square;
        }
      }
    }
    return best;
  }

  static bool closer(std::int64_t square, Cell cell, std::int64_t best_square, Cell best) {
    if (square != best_square) return square < best_square;
    return cell.y != best.y ? cell.y < best.y : cell.x < best.x;
  }

  std::optional<Cell> offset(Cell cell, std::int64_t dx, std::int64_t dy) const {
    const std::int64_t x = cell.x + dx;
    const std::int64_t y = cell.y + dy;
    if (x < 0 || y < 0 || x >= extent_.width || y >= extent_.height) return std::nullopt;
    return Cell{static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)};
  }

  Extent extent_;
  OnBareGround rule_;
  Vegetation vegetation_;
  Ignition ignition_;
  std::unordered_set<std::uint64_t> index_;
};

}  // namespace

Ignition ignite(const Scenario& scenario, Seed seed) {
  Igniter igniter(scenario, seed);
  if (const auto* points = std::get_if<IgnitionPoints>(&scenario.ignition)) {
    for (const Cell point : *points) igniter.light(point);
  } else {
    for (const Cell point : drawn_points(std::get<RandomIgnition>(scenario.ignition), scenario.extent, seed))
      igniter.light(point);
  }
  return igniter.take();
}

}  // namespace firesweep
