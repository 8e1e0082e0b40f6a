#include "firesweep/model/ignition.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <unordered_set>

#include "firesweep/check/contract.hpp"

namespace firesweep {
namespace {

/// start + step difference / steps, to the nearest whole number, halves up.
std::uint32_t part_of_way(std::uint32_t start, std::int64_t difference, std::int64_t step,
                          std::int64_t steps) {
  if (steps == 0) return start;
  // Above 0, so that division rounds down.
  const std::int64_t twice = 2 * (steps * start + step * difference) + steps;
  return static_cast<std::uint32_t>(twice / (2 * steps));
}

}  // namespace

std::vector<Cell> cells_of(const IgnitionLine& line) {
  expects(!line.vertices.empty(), "a line has a vertex");
  std::vector<Cell> cells;
  std::unordered_set<std::uint64_t> seen;
  const auto add = [&](Cell cell) {
    if (seen.insert(std::uint64_t{cell.y} << 32 | cell.x).second) cells.push_back(cell);
  };
  add(line.vertices.front());
  for (std::size_t i = 1; i < line.vertices.size(); ++i) {
    const Cell from = line.vertices[i - 1];
    const Cell to = line.vertices[i];
    const std::int64_t dx = std::int64_t{to.x} - from.x;
    const std::int64_t dy = std::int64_t{to.y} - from.y;
    const std::int64_t steps = std::max(std::abs(dx), std::abs(dy));
    for (std::int64_t step = 1; step <= steps; ++step)
      add({part_of_way(from.x, dx, step, steps), part_of_way(from.y, dy, step, steps)});
  }
  return cells;
}

std::vector<Cell> cells_of(const IgnitionBox& box) {
  std::vector<Cell> cells;
  for (std::uint32_t y = box.first.y; y <= box.last.y; ++y)
    for (std::uint32_t x = box.first.x; x <= box.last.x; ++x) cells.push_back({x, y});
  return cells;
}

std::string_view name(OnBareGround choice) {
  constexpr std::array<std::string_view, 3> names = {"skip", "nearest", "force"};
  return names[static_cast<std::size_t>(choice)];
}

}  // namespace firesweep
