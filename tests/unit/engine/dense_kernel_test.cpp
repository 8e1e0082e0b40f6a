#include <algorithm>
#include <array>
#include <cmath>
#include <queue>

#include "firesweep/check/contract.hpp"
#include "firesweep/engine/vegetation.hpp"

#include "catch.hpp"
#include "fire.hpp"

using namespace firesweep;

namespace {

std::unique_ptr<Kernel> dense(Extent extent, int threads = 1) {
  return make_kernel(KernelKind::dense, extent, everything, threads);
}

// Cells of the 8-connected cluster of vegetation around `start`, by flood fill: nothing of the kernel is
// used.
std::uint64_t cluster_size(Extent extent, const Vegetation& vegetation, Cell start) {
  std::vector<bool> seen(extent.cells(), false);
  std::queue<Cell> border;
  border.push(start);
  seen[extent.index(start)] = true;
  std::uint64_t size = 0;
  for (; !border.empty(); border.pop()) {
    ++size;
    const Cell at = border.front();
    for (int dy = -1; dy <= 1; ++dy) {
      for (int dx = -1; dx <= 1; ++dx) {
        const Cell next{at.x + static_cast<std::uint32_t>(dx), at.y + static_cast<std::uint32_t>(dy)};
        if (!extent.contains(next) || seen[extent.index(next)] || !vegetation.at(next)) continue;
        seen[extent.index(next)] = true;
        border.push(next);
      }
    }
  }
  return size;
}

}  // namespace

TEST_CASE("a certain fire on full vegetation is a growing square, worked by hand") {
  const Extent extent{5, 3};
  Film film;
  const RunRecord record = dense(extent)->run(certain_fire(extent), Seed{1}, &film);
  REQUIRE(film.frames.size() == 4);
  CHECK(picture(film.frames[0], 5) == "vvvvv/vv*vv/vvvvv");
  CHECK(picture(film.frames[1], 5) == "v***v/v*#*v/v***v");
  CHECK(picture(film.frames[2], 5) == "*###*/*###*/*###*");
  CHECK(picture(film.frames[3], 5) == "#####/#####/#####");
  CHECK(record == RunRecord{.burnt_cells = 15,
                            .vegetated_cells = 15,
                            .burning_cells = 0,
                            .steps = 3,
                            .peak_burning_cells = 8,
                            .peak_step = 1,
                            .ignitions = 1,
                            .ignitions_failed = 0,
                            .status = RunStatus::ok});
}

TEST_CASE("(2t+1)^2 cells have caught fire t steps after a certain centre ignition") {
  const Extent extent{41, 41};
  Film film;
  dense(extent)->run(certain_fire(extent), Seed{3}, &film);
  for (std::size_t t = 0; t <= 20; ++t) {
    const auto caught = std::count_if(film.frames[t].begin(), film.frames[t].end(),
                                      [](CellState state) { return state >= CellState::burning; });
    CHECK(caught == static_cast<std::ptrdiff_t>((2 * t + 1) * (2 * t + 1)));
  }
}

TEST_CASE("a fire that cannot spread burns its ignition for one step") {
  const Extent extent{9, 9};
  Scenario scenario = centre_fire(extent, DangerLevel::low);
  scenario.spread.base_rate = 0;
  const RunRecord record = dense(extent)->run(scenario, Seed{1});
  CHECK(record.burnt_cells == 1);
  CHECK(record.steps == 1);
  CHECK(record.peak_burning_cells == 1);
  CHECK(record.peak_step == 0);
}

TEST_CASE("max_steps ends a run with cells still burning, which are not burnt") {
  const Extent extent{21, 21};
  Scenario scenario = certain_fire(extent);
  scenario.max_steps = 3;
  const RunRecord record = dense(extent)->run(scenario, Seed{1});
  CHECK(record.steps == 3);
  CHECK(record.burnt_cells == 25);
  CHECK(record.burning_cells == 24);
}

TEST_CASE("a run without an ignition takes no step") {
  const Extent extent{8, 8};
  Scenario scenario = centre_fire(extent, DangerLevel::extreme, 0.0);
  scenario.on_bare_ground = OnBareGround::skip;
  const RunRecord record = dense(extent)->run(scenario, Seed{1});
  CHECK(record.status == RunStatus::ok);
  CHECK(record.steps == 0);
  CHECK(record.burnt_cells == 0);
  CHECK(record.ignitions == 0);
  CHECK(record.ignitions_failed == 1);
}

TEST_CASE("a certain fire burns exactly the cluster of vegetation it starts in") {
  const Extent extent{60, 47};
  auto kernel = dense(extent);
  for (const double density : {0.3, 0.41, 0.55}) {
    Scenario scenario = certain_fire(extent, density);
    scenario.on_bare_ground = OnBareGround::skip;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      const Vegetation vegetation(Seed{seed}, density);
      const Cell start{30, 23};
      const std::uint64_t expected = vegetation.at(start) ? cluster_size(extent, vegetation, start) : 0;
      CHECK(kernel->run(scenario, Seed{seed}).burnt_cells == expected);
    }
  }
}

TEST_CASE("a cell with n burning neighbours catches fire with probability p(n), within 4 standard errors") {
  // Every neighbour of the lit ring's centre burns at step 0, so the centre sees n = 8; a corner fire sees n
  // = 1.
  const Extent extent{3, 3};
  auto kernel = dense(extent);
  constexpr int runs = 20'000;
  for (const std::size_t n : {1U, 3U, 8U}) {
    Scenario scenario = centre_fire(extent, DangerLevel::moderate, 1.0);
    const IgnitionPoints ring = {{0, 0}, {1, 0}, {2, 0}, {0, 1}, {2, 1}, {0, 2}, {1, 2}, {2, 2}};
    scenario.ignition = IgnitionPoints(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(n));
    scenario.max_steps = 1;
    int lit = 0;
    for (std::uint64_t seed = 0; seed < runs; ++seed) {
      Film film;
      kernel->run(scenario, Seed{seed}, &film);
      lit += film.frames.back()[4] == CellState::burning ? 1 : 0;
    }
    const double p = spread_probability(scenario.weather, scenario.spread)[n];
    const double standard_error = std::sqrt(p * (1 - p) / runs);  // false alarm 6e-5 each
    CHECK(std::abs(static_cast<double>(lit) / runs - p) < 4 * standard_error);
  }
}

TEST_CASE("the same seed meets the same vegetation under every danger level") {
  const Extent extent{32, 32};
  Film low;
  Film catastrophic;
  dense(extent)->run(centre_fire(extent, DangerLevel::low), Seed{5}, &low);
  dense(extent)->run(centre_fire(extent, DangerLevel::catastrophic), Seed{5}, &catastrophic);
  CHECK(low.frames.front() == catastrophic.frames.front());
}

TEST_CASE("threads change nothing") {
  const Extent extent{67, 45};
  auto one = dense(extent);
  auto three = dense(extent, 3);
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const Scenario scenario = centre_fire(extent, DangerLevel::extreme);
    Film by_one;
    Film by_three;
    CHECK(one->run(scenario, Seed{seed}, &by_one) == three->run(scenario, Seed{seed}, &by_three));
    CHECK(by_one.frames == by_three.frames);
  }
  CHECK(one->take_tally() == three->take_tally());
}

TEST_CASE("threads that join or leave in the middle of a fire change nothing, whatever the kernel") {
  class ThreadChanger final : public FireWatcher {
   public:
    explicit ThreadChanger(Kernel& kernel) : kernel_(kernel) {}
    Verdict at_step(std::uint32_t step, const FireView&) override {
      if (step % 20 == 10) kernel_.set_threads(1 + static_cast<int>(step / 20 % 3));
      return Verdict::go_on;
    }

   private:
    Kernel& kernel_;
  };
  const Extent extent{700, 600};
  for (const KernelKind kind : {KernelKind::dense, KernelKind::tile}) {
    auto steady = make_kernel(kind, extent, everything);
    auto changing = make_kernel(kind, extent, everything);
    ThreadChanger changer(*changing);
    Scenario scenario = centre_fire(extent, DangerLevel::catastrophic);
    scenario.max_steps = 150;
    CHECK(steady->run(scenario, Seed{2}) == changing->run(scenario, Seed{2}, &changer));
    CHECK(steady->take_tally() == changing->take_tally());
  }
}

TEST_CASE("the tally counts what the film shows") {
  const Extent extent{20, 18};
  auto kernel = dense(extent);
  std::vector<std::uint64_t> count(extent.cells(), 0);
  std::vector<std::uint64_t> arrival(extent.cells(), 0);
  std::vector<std::uint64_t> burning;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Film film;
    kernel->run(centre_fire(extent, DangerLevel::severe), Seed{seed}, &film);
    for (std::size_t t = 0; t < film.frames.size(); ++t) {
      burning.resize(std::max(burning.size(), t + 1), 0);
      for (std::size_t i = 0; i < extent.cells(); ++i) {
        if (film.frames[t][i] != CellState::burning) continue;
        ++count[i];
        arrival[i] += t;
        ++burning[t];
      }
    }
  }
  const Tally tally = kernel->take_tally();
  CHECK(tally.curves.burning == burning);
  std::uint64_t cells_seen = 0;
  for (std::size_t t = 0; t < tally.tiles.size(); ++t) {
    const TileTally tile = tally.tiles[t];
    for (std::uint32_t i = 0; i < tile_cells; ++i) {
      const Cell cell{tile.tile_x * 16 + i % 16, tile.tile_y * 16 + i / 16};
      if (!extent.contains(cell)) continue;
      ++cells_seen;
      CHECK(tile.burn_count[i] == count[extent.index(cell)]);
      CHECK(tally.arrival_sums[t][i] == arrival[extent.index(cell)]);
    }
  }
  CHECK(cells_seen == extent.cells());
  CHECK(kernel->take_tally() == Tally{});
}

TEST_CASE("a fire put out by its watcher leaves no trace in the tally") {
  class Extinguisher final : public FireWatcher {
    Verdict at_step(std::uint32_t step, const FireView&) override {
      return step == 2 ? Verdict::abandon : Verdict::go_on;
    }
  };
  const Extent extent{20, 20};
  auto kernel = dense(extent);
  Extinguisher watcher;
  CHECK_THROWS_AS(kernel->run(certain_fire(extent), Seed{1}, &watcher), FireAbandoned);
  CHECK(kernel->take_tally() == Tally{});
}
