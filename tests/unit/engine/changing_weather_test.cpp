#include <random>

#include "firesweep/check/input_error.hpp"
#include "firesweep/model/danger_level.hpp"

#include "catch.hpp"
#include "dense_kernel.hpp"
#include "fire.hpp"
#include "fire_case.hpp"
#include "random_landscape.hpp"
#include "tile_kernel.hpp"

using namespace firesweep;
using namespace firesweep::testing;

namespace {

// In a wind from the west that turns to the south at a step, and with it, if anything, the weather.
Scenario turning_fire(std::uint32_t step, WeatherParts change) {
  Scenario scenario = centre_fire({120, 100}, DangerLevel::severe);
  scenario.weather.wind_direction = 270;
  scenario.spread.wind_directionality = 0.02;
  change.wind_direction = 180;
  scenario.course = {.changes = {{0, change}}, .change_step = static_cast<double>(step), .end = {}};
  return scenario;
}

std::vector<std::vector<CellState>> film_of(KernelKind kind, const Scenario& scenario, std::uint64_t seed) {
  Film film;
  make_kernel(kind, scenario.extent, {})->run(scenario, Seed{seed}, &film);
  return film.frames;
}

}  // namespace

TEST_CASE("until its weather changes, a fire is the one without the change, and no step longer") {
  for (const KernelKind kind : available_kernels()) {
    Scenario steady = turning_fire(25, {});
    steady.course = {};
    const auto without = film_of(kind, steady, 11);
    const auto with = film_of(kind, turning_fire(25, {.wind_speed = 90}), 11);
    REQUIRE(without.size() > 30);
    for (std::size_t step = 0; step <= 25; ++step) CHECK(with[step] == without[step]);
    CHECK(with[26] != without[26]);
  }
}

TEST_CASE("a change to the same weather changes nothing") {
  std::mt19937_64 random(31);
  for (int i = 0; i < 40; ++i) {
    FireCase it = random_case(random);
    vary_physics(random, it.scenario);
    it.scenario.course = {};
    FireCase again = it;
    again.scenario.course = {
        .changes = {{0, {.humidity = it.scenario.weather.humidity}}, {7, {}}}, .change_step = 2, .end = {}};
    const auto kernel = make_kernel(KernelKind::tile, it.scenario.extent, everything);
    const RunRecord plain = kernel->run(it.scenario, Seed{it.seeds[0]});
    const Tally plain_tally = kernel->take_tally();
    CHECK(kernel->run(again.scenario, Seed{it.seeds[0]}) == plain);
    CHECK(kernel->take_tally() == plain_tally);
  }
}

TEST_CASE("a fire that rain puts out has no step after it") {
  for (const KernelKind kind : {KernelKind::dense, KernelKind::tile}) {
    const auto frames = film_of(kind, turning_fire(30, {.humidity = 100, .temperature = -273}), 11);
    CHECK(frames.size() == 32);  // what burnt at step 30 lights nothing, and is burnt at step 31
  }
}

TEST_CASE("the next fire begins in the first weather again, whichever the last one ended in") {
  const Scenario scenario = turning_fire(20, {.wind_speed = 80});
  const auto kernel = make_kernel(KernelKind::tile, scenario.extent, {});
  const RunRecord first = kernel->run(scenario, Seed{11});
  CHECK(first.steps > 20);
  CHECK(kernel->run(scenario, Seed{11}) == first);
}

TEST_CASE("a change beyond the rule's limits is told when a fire comes to it, and the kernel burns on") {
  Scenario scenario = turning_fire(20, {.wind_speed = 1e6});
  scenario.spread.wind_scale = 1e-3;
  scenario.weather.wind_speed = 0;
  scenario.spread.base_rate = 0.9;
  for (const KernelKind kind : {KernelKind::dense, KernelKind::tile}) {
    const auto kernel = make_kernel(kind, scenario.extent, {});
    CHECK_THROWS_AS(kernel->run(scenario, Seed{11}), InputError);
    scenario.course = {};
    CHECK(kernel->run(scenario, Seed{11}).steps > 20);
    scenario.course = {.changes = {{0, {.wind_speed = 1e6}}}, .change_step = 20, .end = {}};
  }
}
