#include "firesweep/model/ignition.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "catch.hpp"

using namespace firesweep;

namespace {

bool touch(Cell one, Cell other) {
  return std::abs(std::int64_t{one.x} - other.x) <= 1 && std::abs(std::int64_t{one.y} - other.y) <= 1;
}

/// How far a cell's centre is from the line through two others, along a row or a column: the shorter.
double miss(Cell cell, Cell from, Cell to) {
  const double dx = double{0} + to.x - from.x;
  const double dy = double{0} + to.y - from.y;
  const double area = dx * (double{0} + cell.y - from.y) - dy * (double{0} + cell.x - from.x);
  return std::abs(area) / std::max(std::abs(dx), std::abs(dy));
}

}  // namespace

TEST_CASE("a line has its ends, no gaps, and no cell that is off it") {
  for (const Cell to : {Cell{40, 20}, Cell{0, 33}, Cell{17, 17}, Cell{59, 16}, Cell{18, 0}, Cell{17, 60}}) {
    const Cell from{17, 17};
    const std::vector<Cell> cells = cells_of(IgnitionLine{{from, to}});
    CHECK(cells.front() == from);
    CHECK(cells.back() == to);
    CHECK(cells.size() == 1U + static_cast<std::size_t>(std::max(std::abs(std::int64_t{to.x} - from.x),
                                                                 std::abs(std::int64_t{to.y} - from.y))));
    for (std::size_t i = 1; i < cells.size(); ++i) {
      CHECK(touch(cells[i - 1], cells[i]));
      CHECK(miss(cells[i], from, to) <= 0.5);
    }
    std::vector<Cell> back = cells_of(IgnitionLine{{to, from}});
    std::ranges::reverse(back);
    CHECK(back == cells);
  }
}

TEST_CASE("of two cells that are equally near a line the lower or right one is taken") {
  CHECK(cells_of(IgnitionLine{{{0, 0}, {4, 2}}}) ==
        std::vector<Cell>{{0, 0}, {1, 1}, {2, 1}, {3, 2}, {4, 2}});
  CHECK(cells_of(IgnitionLine{{{0, 2}, {4, 0}}}) ==
        std::vector<Cell>{{0, 2}, {1, 2}, {2, 1}, {3, 1}, {4, 0}});
}

TEST_CASE("a line that turns or crosses itself has every cell once") {
  CHECK(cells_of(IgnitionLine{{{0, 0}, {2, 0}, {2, 2}, {2, 0}}}) ==
        std::vector<Cell>{{0, 0}, {1, 0}, {2, 0}, {2, 1}, {2, 2}});
}

TEST_CASE("a box has the cells of both of its corners") {
  CHECK(cells_of(IgnitionBox{{3, 1}, {4, 2}}) == std::vector<Cell>{{3, 1}, {4, 1}, {3, 2}, {4, 2}});
}
