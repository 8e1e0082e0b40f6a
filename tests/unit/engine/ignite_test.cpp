#include "firesweep/engine/ignite.hpp"

#include <algorithm>
#include <set>

#include "firesweep/engine/vegetation.hpp"

#include "catch.hpp"
#include "fire.hpp"

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
