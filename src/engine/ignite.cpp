#include "firesweep/engine/ignite.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "firesweep/check/contract.hpp"
#include "firesweep/engine/vegetation.hpp"

namespace firesweep {
namespace {

// The first distinct cells of the seed's own sequence, repeats passed over.
std::vector<Cell> distinct_draws(std::uint32_t count, std::uint64_t cells, Seed seed, const auto& cell_of) {
  expects(count <= cells, "no more ignitions are drawn than cells burn");
  std::vector<Cell> points;
  points.reserve(count);
  std::unordered_set<std::uint64_t> seen;
  for (std::uint64_t i = 0; points.size() < count; ++i) {
    const std::uint64_t k = number_below(seed, Purpose::ignition, i, cells);
    if (seen.insert(k).second) points.push_back(cell_of(k));
  }
  return points;
}

// One cell after the other, of those that are left in proportion to their weights.
std::vector<Cell> weighted_draws(std::uint32_t count, const StartCells& starts, Seed seed) {
  expects(count <= starts.cells(), "no more ignitions are drawn than cells have a density");
  std::vector<Cell> points;
  std::vector<StartCells::Share> taken;  // ascending
  std::uint64_t left = starts.weight();
  while (points.size() < count) {
    std::uint64_t number = number_below(seed, Purpose::ignition, points.size(), left);
    auto next = taken.begin();
    for (; next != taken.end() && number >= next->first; ++next) number += next->weight;
    const StartCells::Share share = starts.share_of(number);
    taken.insert(next, share);
    left -= share.weight;
    points.push_back(share.cell);
  }
  return points;
}

std::vector<Cell> drawn_points(const RandomIgnition& random, const Scenario& scenario, Seed seed) {
  if (const StartCells* starts = scenario.starts.get()) {
    if (!starts->is_uniform()) return weighted_draws(random.count, *starts, seed);
    return distinct_draws(random.count, starts->cells(), seed,
                          [&](std::uint64_t k) { return starts->share_of(k).cell; });
  }
  expects(std::holds_alternative<IgnitionAnywhere>(random.among), "it is known what is drawn from");
  if (const Landscape* landscape = scenario.landscape.get())
    return distinct_draws(random.count, landscape->burnable_cells(), seed,
                          [&](std::uint64_t k) { return landscape->burnable_cell(k); });
  return distinct_draws(random.count, scenario.extent.cells(), seed,
                        [&](std::uint64_t k) { return scenario.extent.cell(k); });
}

class Igniter {
 public:
  Igniter(const Scenario& scenario, Seed seed)
      : extent_(scenario.extent),
        rule_(scenario.on_bare_ground),
        vegetation_(seed, scenario),
        distances_(scenario) {}

  void light(Cell point) {
    if (burns(point)) {
      ++ignition_.ignitions_failed;
    } else if (vegetation_.at(point)) {
      burn(point);
    } else if (rule_ == OnBareGround::force && vegetation_.can_grow(point)) {
      ignition_.forced.push_back(point);
      burn(point);
    } else if (const auto moved = rule_ == OnBareGround::nearest ? nearest_vegetation(point) : std::nullopt;
               moved && !burns(*moved)) {
      burn(*moved);
    } else {
      ++ignition_.ignitions_failed;
    }
  }

  // What is drawn burns on another landscape, if not here; it stays where it is.
  void light_drawn(Cell point) {
    if (!ignition_.first_drawn) ignition_.first_drawn = point;
    if (vegetation_.can_grow(point))
      light(point);
    else
      ++ignition_.ignitions_failed;
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

  // Squares of distances, in units of the shorter side of a cell.
  struct Distances {
    double x = 1;
    double y = 1;

    explicit Distances(const Scenario& scenario) {
      if (scenario.landscape == nullptr) return;
      const CellSize size = scenario.landscape->cell_size();
      const double shorter = std::min(size.width, size.height);
      x = (size.width / shorter) * (size.width / shorter);
      y = (size.height / shorter) * (size.height / shorter);
    }
    double square(std::int64_t dx, std::int64_t dy) const {
      return x * static_cast<double>(dx * dx) + y * static_cast<double>(dy * dy);
    }
  };

  // Searches square rings of growing radius. A ring of radius r holds no cell nearer than r, so the search
  // ends once r exceeds the best distance; a ring is scanned by row, then column, so the first of equals
  // wins.
  std::optional<Cell> nearest_vegetation(Cell centre) const {
    const std::int64_t furthest = std::max(extent_.width, extent_.height);
    std::optional<Cell> best;
    double best_square = 0;
    const auto may_be_nearer = [&](std::int64_t radius) {
      return !best || static_cast<double>(radius * radius) <= best_square;
    };
    for (std::int64_t radius = 1; radius <= furthest && may_be_nearer(radius); ++radius) {
      for (std::int64_t dy = -radius; dy <= radius; ++dy) {
        const bool is_edge = dy == -radius || dy == radius;
        for (std::int64_t dx = -radius; dx <= radius; dx += is_edge ? 1 : 2 * radius) {
          const double square = distances_.square(dx, dy);
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

  static bool closer(double square, Cell cell, double best_square, Cell best) {
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
  Distances distances_;
  Ignition ignition_;
  std::unordered_set<std::uint64_t> index_;
};

}  // namespace

Ignition ignite(const Scenario& scenario, Seed seed) {
  Igniter igniter(scenario, seed);
  if (const auto* random = std::get_if<RandomIgnition>(&scenario.ignition)) {
    for (const Cell point : drawn_points(*random, scenario, seed)) igniter.light_drawn(point);
    return igniter.take();
  }
  const auto light_all = [&](const std::vector<Cell>& points) {
    for (const Cell point : points) igniter.light(point);
  };
  if (const auto* points = std::get_if<IgnitionPoints>(&scenario.ignition)) light_all(*points);
  if (const auto* line = std::get_if<IgnitionLine>(&scenario.ignition)) light_all(cells_of(*line));
  if (const auto* box = std::get_if<IgnitionBox>(&scenario.ignition)) light_all(cells_of(*box));
  return igniter.take();
}

void note_start(const Ignition& ignition, RunRecord& record) {
  record.ignitions = static_cast<std::uint32_t>(ignition.burning.size());
  record.ignitions_failed = ignition.ignitions_failed;
  if (!ignition.first_drawn) return;
  record.is_drawn = true;
  record.ignition_x = static_cast<std::uint16_t>(ignition.first_drawn->x);
  record.ignition_y = static_cast<std::uint16_t>(ignition.first_drawn->y);
}

}  // namespace firesweep
