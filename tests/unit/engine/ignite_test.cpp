#include "firesweep/engine/ignite.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <random>
#include <set>
#include <span>

#include "firesweep/engine/vegetation.hpp"

#include "catch.hpp"
#include "fire.hpp"
#include "random_landscape.hpp"

using namespace firesweep;

namespace {

constexpr Extent extent{40, 30};

// The first cell, in rows, that is vegetated or not.
Cell first_cell(Seed seed, double density, bool is_vegetated) {
  const Vegetation vegetation(seed, density);
  for (std::uint64_t i = 0; i < extent.cells(); ++i) {
    if (vegetation.at(extent.cell(i)) == is_vegetated) return extent.cell(i);
  }
  throw std::logic_error("no such cell");
}

Scenario ignited_at(IgnitionSet set, OnBareGround rule, double density = 0.5) {
  Scenario scenario = centre_fire(extent, DangerLevel::high, density);
  scenario.ignition = std::move(set);
  scenario.on_bare_ground = rule;
  return scenario;
}

}  // namespace

TEST_CASE("a point on vegetation ignites under every rule") {
  const Cell fuel = first_cell(Seed{4}, 0.5, true);
  for (const OnBareGround rule : {OnBareGround::skip, OnBareGround::nearest, OnBareGround::force}) {
    const Ignition ignition = ignite(ignited_at(IgnitionPoints{fuel}, rule), Seed{4});
    CHECK(ignition.burning == std::vector<Cell>{fuel});
    CHECK(ignition.forced.empty());
    CHECK(ignition.ignitions_failed == 0);
  }
}

TEST_CASE("a point on bare ground is skipped and counted, or forced") {
  const Cell bare = first_cell(Seed{4}, 0.5, false);
  const Ignition skipped = ignite(ignited_at(IgnitionPoints{bare}, OnBareGround::skip), Seed{4});
  CHECK(skipped.burning.empty());
  CHECK(skipped.ignitions_failed == 1);
  const Ignition forced = ignite(ignited_at(IgnitionPoints{bare}, OnBareGround::force), Seed{4});
  CHECK(forced.burning == std::vector<Cell>{bare});
  CHECK(forced.forced == std::vector<Cell>{bare});
  CHECK(forced.ignitions_failed == 0);
}

TEST_CASE("nearest finds the vegetated cell of least distance, then row, then column") {
  const double density = 0.04;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Vegetation vegetation(Seed{seed}, density);
    const Cell point{seed % 2 == 0 ? 20U : 0U, 15};
    std::vector<std::tuple<std::uint64_t, std::uint32_t, std::uint32_t>> fuel;
    for (std::uint64_t i = 0; i < extent.cells(); ++i) {
      const Cell cell = extent.cell(i);
      const auto dx = static_cast<std::int64_t>(cell.x) - point.x;
      const auto dy = static_cast<std::int64_t>(cell.y) - point.y;
      if (vegetation.at(cell)) fuel.emplace_back(dx * dx + dy * dy, cell.y, cell.x);
    }
    const auto [square, y, x] = *std::min_element(fuel.begin(), fuel.end());
    const Ignition ignition =
        ignite(ignited_at(IgnitionPoints{point}, OnBareGround::nearest, density), Seed{seed});
    CHECK(ignition.burning == std::vector<Cell>{{x, y}});
  }
}

TEST_CASE("nearest fails where nothing grows") {
  const Ignition ignition = ignite(ignited_at(IgnitionPoints{{3, 3}}, OnBareGround::nearest, 0.0), Seed{1});
  CHECK(ignition.burning.empty());
  CHECK(ignition.ignitions_failed == 1);
}

TEST_CASE("of two points that move to one cell the second fails") {
  const Cell bare = first_cell(Seed{4}, 0.5, false);
  const Ignition once = ignite(ignited_at(IgnitionPoints{bare}, OnBareGround::nearest), Seed{4});
  const Ignition twice = ignite(ignited_at(IgnitionPoints{bare, bare}, OnBareGround::nearest), Seed{4});
  CHECK(twice.burning == once.burning);
  CHECK(twice.ignitions_failed == 1);
}

TEST_CASE("random ignition draws distinct cells, the same ones for a smaller count first") {
  const auto points = [](std::uint32_t count, std::uint64_t seed) {
    return ignite(ignited_at(RandomIgnition{count}, OnBareGround::force), Seed{seed}).burning;
  };
  const std::vector<Cell> many = points(50, 7);
  CHECK(many.size() == 50);
  std::set<std::uint64_t> distinct;
  for (const Cell cell : many) {
    CHECK(extent.contains(cell));
    distinct.insert(extent.index(cell));
  }
  CHECK(distinct.size() == 50);
  const std::vector<Cell> few = points(12, 7);
  CHECK(std::equal(few.begin(), few.end(), many.begin()));
  CHECK_FALSE(points(12, 8) == few);
}

TEST_CASE("random ignition of every cell lights the whole landscape") {
  const auto all = static_cast<std::uint32_t>(extent.cells());
  const Ignition ignition = ignite(ignited_at(RandomIgnition{all}, OnBareGround::force), Seed{2});
  CHECK(ignition.burning.size() == all);
}

TEST_CASE("the first point that is drawn is noted, whether it starts a fire or not") {
  const Ignition burning = ignite(ignited_at(RandomIgnition{3}, OnBareGround::force), Seed{5});
  const Ignition bare = ignite(ignited_at(RandomIgnition{3}, OnBareGround::skip, 0.0), Seed{5});
  CHECK(burning.first_drawn == burning.burning.front());
  CHECK(bare.burning.empty());
  CHECK(bare.first_drawn == burning.first_drawn);
  CHECK_FALSE(ignite(ignited_at(IgnitionPoints{{3, 3}}, OnBareGround::force), Seed{5}).first_drawn);
}

namespace {

/// What a scenario with a set of its own draws from.
Scenario drawn_among(RandomIgnition set, OnBareGround rule,
                     std::span<const std::shared_ptr<const Landscape>> landscapes = {}) {
  Scenario scenario = ignited_at(set, rule, 1.0);
  scenario.starts = std::make_shared<const StartCells>(start_cells(set.among, extent, landscapes));
  return scenario;
}

}  // namespace

TEST_CASE("a random set of a place draws distinct cells of it, and draws what anywhere draws if it is all") {
  const IgnitionBox box{{5, 7}, {9, 12}};
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Ignition ignition = ignite(drawn_among({30, box}, OnBareGround::force), Seed{seed});
    CHECK(ignition.burning.size() == 30);
    for (const Cell cell : cells_of(box)) CHECK(std::ranges::count(ignition.burning, cell) == 1);
    const IgnitionBox all{{0, 0}, {extent.width - 1, extent.height - 1}};
    CHECK(ignite(drawn_among({9, all}, OnBareGround::force), Seed{seed}).burning ==
          ignite(ignited_at(RandomIgnition{9}, OnBareGround::force), Seed{seed}).burning);
  }
}

TEST_CASE(
    "cells drawn by a density are distinct, as long as there are any, and the same ones for a smaller count "
    "first") {
  std::vector<float> values(extent.cells(), 0.0F);
  for (std::size_t i = 0; i < 20; ++i) values[i * i] = std::ldexp(1.0F, -static_cast<int>(4 * i));
  const IgnitionDensity density{std::make_shared<const std::vector<float>>(values)};
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    std::vector<Cell> points = ignite(drawn_among({20, density}, OnBareGround::force), Seed{seed}).burning;
    const std::vector<Cell> few = ignite(drawn_among({3, density}, OnBareGround::force), Seed{seed}).burning;
    CHECK(std::equal(few.begin(), few.end(), points.begin()));
    std::ranges::sort(points, {}, [](Cell cell) { return extent.index(cell); });
    REQUIRE(points.size() == 20);
    for (std::size_t i = 0; i < 20; ++i) CHECK(points[i] == extent.cell(i * i));
  }
}

TEST_CASE("a seed draws the same points on all alternatives, and those fail where this one does not burn") {
  std::mt19937_64 random(11);
  for (int round = 0; round < 20; ++round) {
    const std::vector<std::shared_ptr<const Landscape>> alternatives = {
        testing::random_landscape(random, extent), testing::random_landscape(random, extent),
        testing::random_landscape(random, extent)};
    std::vector<Cell> burnable;
    for (std::uint64_t i = 0; i < extent.cells(); ++i)
      if (std::ranges::any_of(alternatives,
                              [&](const auto& one) { return one->is_burnable(extent.cell(i)); }))
        burnable.push_back(extent.cell(i));
    const auto count = static_cast<std::uint32_t>(std::min<std::size_t>(burnable.size(), 12));
    if (count == 0) continue;
    const Seed seed{random()};
    std::vector<Cell> points;
    for (std::uint64_t i = 0; points.size() < count; ++i) {
      const Cell cell = burnable[number_below(seed, Purpose::ignition, i, burnable.size())];
      if (std::ranges::find(points, cell) == points.end()) points.push_back(cell);
    }
    for (const auto& landscape : alternatives) {
      Scenario scenario = drawn_among({count}, OnBareGround::force, alternatives);
      scenario.landscape = landscape;
      const Ignition ignition = ignite(scenario, seed);
      std::vector<Cell> expected;
      std::ranges::copy_if(points, std::back_inserter(expected),
                           [&](Cell cell) { return landscape->is_burnable(cell); });
      CHECK(ignition.burning == expected);
      CHECK(ignition.ignitions_failed == count - expected.size());
      CHECK(ignition.first_drawn == points.front());
      scenario.on_bare_ground = OnBareGround::nearest;
      CHECK(ignite(scenario, seed).ignitions_failed >= count - expected.size());
    }
    const std::span one(alternatives.data(), 1);
    Scenario alone = ignited_at(RandomIgnition{1}, OnBareGround::force);
    alone.landscape = alternatives.front();
    if (alone.landscape->burnable_cells() == 0) continue;
    Scenario listed = alone;
    listed.starts = std::make_shared<const StartCells>(start_cells(IgnitionAnywhere{}, extent, one));
    CHECK(ignite(alone, seed).first_drawn == ignite(listed, seed).first_drawn);
  }
}
