#include "firesweep/landscape/landscape.hpp"

#include <cmath>

#include "firesweep/check/contract.hpp"

#include "catch.hpp"

using namespace firesweep;

namespace {

const std::vector<FuelClass> table = {{.code = 1, .name = "grass"},
                                      {.code = 98, .name = "water", .burnable = false},
                                      {.code = 5, .name = "shrub"}};

}  // namespace

TEST_CASE("a landscape knows what every cell is") {
  const Landscape landscape({.extent = {3, 2}, .fuel = {5, 98, missing_fuel, 5, 5, 98}, .elevation = {}},
                            table, {30, 30});
  CHECK(landscape.land_cells() == 5);
  CHECK(landscape.burnable_cells() == 3);
  REQUIRE(landscape.classes().size() == 2);  // no grass
  CHECK(landscape.classes()[landscape.class_of({0, 0})].name == "shrub");
  CHECK(landscape.classes()[landscape.class_of({2, 1})].name == "water");
  CHECK_FALSE(landscape.is_land({2, 0}));
  CHECK_FALSE(landscape.is_burnable({2, 0}));
  CHECK_FALSE(landscape.is_burnable({1, 0}));
  CHECK(landscape.burnable_cell(0) == Cell{0, 0});
  CHECK(landscape.burnable_cell(1) == Cell{0, 1});
  CHECK(landscape.burnable_cell(2) == Cell{1, 1});
  CHECK(landscape.bins() == std::vector<Gradient>{{0, 0}});
}

TEST_CASE("the k-th burnable cell is found in any tile") {
  LandscapeLayers layers{.extent = {53, 37}, .fuel = {}, .elevation = {}};
  for (std::size_t i = 0; i < layers.extent.cells(); ++i) layers.fuel.push_back(i % 7 < 3 ? 1 : 98);
  const Landscape landscape(layers, table, {1, 1});
  std::uint64_t k = 0;
  for (std::size_t i = 0; i < layers.extent.cells(); ++i)
    if (i % 7 < 3) CHECK(landscape.burnable_cell(k++) == layers.extent.cell(i));
  CHECK(k == landscape.burnable_cells());
  CHECK_THROWS_AS(landscape.burnable_cell(k), BrokenContract);
}

TEST_CASE(
    "gradients are central differences with real distances, one-sided at edges and beside missing cells") {
  const float none = std::nanf("");
  const LandscapeLayers layers{.extent = {4, 2}, .fuel = {}, .elevation = {0, 10, 30, 60, 5, 15, none, 65}};
  const Landscape landscape(layers, std::vector<FuelClass>{{}}, {10, 20});
  const auto gradient = [&](Cell cell) { return landscape.bins()[landscape.bin_of(cell)]; };
  CHECK(gradient({0, 0}) == Gradient{1.0, 0.25});
  CHECK(gradient({1, 0}) == Gradient{1.5, 0.25});
  CHECK(gradient({2, 0}) == Gradient{2.5, 0.0});
  CHECK(gradient({3, 0}) == Gradient{3.0, 0.25});
  CHECK(gradient({1, 1}) == Gradient{1.0, 0.25});
  CHECK(gradient({3, 1}) == Gradient{0.0, 0.25});
  CHECK_FALSE(landscape.is_land({2, 1}));
  CHECK(landscape.land_cells() == 7);
}

TEST_CASE("many gradients are rounded to a lattice of angles, and a broad slope keeps its mean") {
  LandscapeLayers layers{.extent = {300, 200}, .fuel = {}, .elevation = {}};
  for (std::uint32_t y = 0; y < 200; ++y)
    for (std::uint32_t x = 0; x < 300; ++x)
      layers.elevation.push_back(
          static_cast<float>(2.5 * x - 1.3 * y + 1e-3 * std::sin(0.7 * x + 0.3 * y * y)));
  const Landscape landscape(layers, std::vector<FuelClass>{{}}, {10, 10});
  CHECK(landscape.bins().size() < 20);
  Gradient mean;
  for (std::uint64_t i = 0; i < layers.extent.cells(); ++i) {
    const Gradient bin = landscape.bins()[landscape.bin_of(layers.extent.cell(i))];
    mean.x += bin.x / static_cast<double>(layers.extent.cells());
    mean.y += bin.y / static_cast<double>(layers.extent.cells());
  }
  CHECK(mean.x == Approx(0.25).epsilon(0.01));
  CHECK(mean.y == Approx(-0.13).epsilon(0.01));
}

TEST_CASE("a landscape refuses codes that its table has not") {
  CHECK_THROWS_AS(Landscape({.extent = {1, 1}, .fuel = {7}, .elevation = {}}, table, {1, 1}), BrokenContract);
}

TEST_CASE("how long cells burn lies in binary digits, tile by tile") {
  LandscapeLayers layers{.extent = {37, 21}, .fuel = {}, .elevation = {}};
  for (std::uint64_t i = 0; i < layers.extent.cells(); ++i)
    layers.fuel.push_back(static_cast<std::int32_t>(i * 7 % 5));
  std::vector<FuelClass> fuels;
  for (std::int32_t code = 0; code < 4; ++code)
    fuels.push_back({.code = code, .burn_steps = static_cast<std::uint32_t>(1 + 2 * code)});
  fuels.push_back({.code = 4, .burnable = false, .burn_steps = 200});
  const Landscape landscape(layers, fuels, {1, 1});
  CHECK(landscape.longest_burn_steps() == 7);
  REQUIRE(landscape.burn_step_digits() == 3);
  REQUIRE(landscape.tile_burn_steps().size() == 3 * landscape.tile_burnable().size());
  for (std::uint64_t i = 0; i < layers.extent.cells(); ++i) {
    const Cell cell = layers.extent.cell(i);
    const std::size_t tile = cell.y / 16 * 3 + cell.x / 16;
    const std::size_t bit = cell.y % 16 * 16 + cell.x % 16;
    std::uint64_t more = 0;
    for (std::size_t digit = 0; digit < 3; ++digit)
      more |= (landscape.tile_burn_steps()[(3 * tile + digit) * 4 + bit / 64] >> bit % 64 & 1) << digit;
    CHECK(more == (layers.fuel[i] == 4 ? 0 : fuels[static_cast<std::size_t>(layers.fuel[i])].burn_steps - 1));
  }
  for (FuelClass& fuel : fuels) fuel.burn_steps = 1;
  CHECK(Landscape(layers, fuels, {1, 1}).tile_burn_steps().empty());
}
