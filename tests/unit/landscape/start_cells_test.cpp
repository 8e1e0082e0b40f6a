#include "firesweep/landscape/start_cells.hpp"

#include <cmath>

#include "firesweep/check/contract.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

constexpr Extent extent{53, 7};

using Landscapes = std::vector<std::shared_ptr<const Landscape>>;

/// Grass where burns(index), else water.
std::shared_ptr<const Landscape> landscape_where(const auto& burns) {
  const std::vector<FuelClass> classes = {{.code = 1}, {.code = 98, .burnable = false}};
  LandscapeLayers layers{.extent = extent, .fuel = {}, .elevation = {}};
  for (std::uint64_t i = 0; i < extent.cells(); ++i) layers.fuel.push_back(burns(i) ? 1 : 98);
  return std::make_shared<const Landscape>(layers, classes, CellSize{1, 1});
}

IgnitionDensity density_of(std::vector<float> values) {
  return {std::make_shared<const std::vector<float>>(std::move(values))};
}

std::vector<Cell> uniform_cells(const StartCells& starts) {
  std::vector<Cell> cells;
  for (std::uint64_t k = 0; k < starts.weight(); ++k) cells.push_back(starts.share_of(k).cell);
  return cells;
}

}  // namespace

TEST_CASE("start cells are those of the set that burn in any landscape, row by row") {
  const Landscapes landscapes = {landscape_where([](std::uint64_t i) { return i % 5 == 0; }),
                                 landscape_where([](std::uint64_t i) { return i % 7 == 1; })};
  std::vector<Cell> expected;
  std::vector<Cell> in_box;
  const IgnitionBox box{{10, 2}, {30, 5}};
  for (std::uint64_t i = 0; i < extent.cells(); ++i) {
    if (i % 5 != 0 && i % 7 != 1) continue;
    const Cell cell = extent.cell(i);
    expected.push_back(cell);
    if (cell.x >= 10 && cell.x <= 30 && cell.y >= 2 && cell.y <= 5) in_box.push_back(cell);
  }
  const StartCells anywhere = start_cells(IgnitionAnywhere{}, extent, landscapes);
  CHECK(anywhere.cells() == expected.size());
  CHECK(uniform_cells(anywhere) == expected);
  CHECK(uniform_cells(start_cells(box, extent, landscapes)) == in_box);
  CHECK(start_cells(box, extent, {}).cells() == 21 * 4);
  CHECK_THROWS_AS(anywhere.share_of(anywhere.weight()), BrokenContract);
}

TEST_CASE("points and lines give every cell once, in the order of the grid") {
  const IgnitionPoints points = {{5, 3}, {50, 0}, {5, 3}, {4, 3}};
  CHECK(uniform_cells(start_cells(points, extent, {})) == std::vector<Cell>{{50, 0}, {4, 3}, {5, 3}});
  CHECK(uniform_cells(start_cells(IgnitionLine{{{2, 2}, {0, 0}}}, extent, {})) ==
        std::vector<Cell>{{0, 0}, {1, 1}, {2, 2}});
}

TEST_CASE("weights are in proportion to densities, and cells without one have none") {
  std::vector<float> values(extent.cells(), 0.0F);
  values[0] = std::nanf("");
  values[3] = 1.0F;
  values[70] = 3.0F;
  values[71] = 0.5F;
  values[370] = 1e-30F;
  const StartCells starts = start_cells(density_of(values), extent, {});
  REQUIRE(starts.cells() == 4);
  CHECK(starts.weight() < std::uint64_t{1} << 62);
  CHECK(starts.weight() >= std::uint64_t{1} << 61);
  const StartCells::Share first = starts.share_of(0);
  const StartCells::Share second = starts.share_of(first.weight);
  const StartCells::Share third = starts.share_of(first.weight + second.weight);
  CHECK(first.cell == extent.cell(3));
  CHECK(first.first == 0);
  CHECK(second.cell == extent.cell(70));
  CHECK(second.first == first.weight);
  CHECK(second.weight == 3 * first.weight);
  CHECK(third.weight * 2 == first.weight);
  CHECK(starts.share_of(starts.weight() - 1).cell == extent.cell(370));
  CHECK(starts.share_of(starts.weight() - 1).weight == 1);
  CHECK(starts.share_of(first.weight + second.weight - 1).cell == extent.cell(70));
}

TEST_CASE("a density counts where the landscape burns") {
  const Landscapes landscapes = {landscape_where([](std::uint64_t i) { return i >= 100; })};
  const StartCells starts =
      start_cells(density_of(std::vector<float>(extent.cells(), 2.0F)), extent, landscapes);
  CHECK(starts.cells() == extent.cells() - 100);
  CHECK(starts.share_of(0).cell == extent.cell(100));
}
