#include "firesweep/engine/stepped_fire.hpp"

#include <algorithm>
#include <random>

#include "firesweep/check/input_error.hpp"

#include "catch.hpp"
#include "fire.hpp"
#include "fire_case.hpp"
#include "random_landscape.hpp"

using namespace firesweep;
using namespace firesweep::testing;

namespace {

using States = std::vector<CellState>;

std::vector<States> film_of(const Scenario& scenario, std::uint64_t seed) {
  Film film;
  make_kernel(KernelKind::dense, scenario.extent, {})->run(scenario, Seed{seed}, &film);
  return film.frames;
}

States states_of(SteppedFire& fire) {
  const auto states = fire.states();
  return {states.begin(), states.end()};
}

// Whether the fire, from where it stands, has the states of a film to its end; looked at every so many steps.
bool is_filmed(SteppedFire& fire, const std::vector<States>& film, std::size_t every) {
  for (std::size_t step = fire.steps(); step < film.size(); ++step) {
    if (step % every == 0 || step + 1 == film.size()) {
      if (states_of(fire) != film[step]) return false;
    }
    const auto burning = static_cast<std::uint64_t>(std::ranges::count(film[step], CellState::burning));
    if (fire.burning() != burning) return false;
    if (step + 1 < film.size()) fire.step();
  }
  return true;
}

FireCase random_ground_case(std::mt19937_64& random) {
  FireCase it = random_case(random);
  vary_physics(random, it.scenario);
  return it;
}

}  // namespace

TEST_CASE("a fire that is stepped has the states of one that runs, whenever it is looked at") {
  std::mt19937_64 random(1);
  for (int i = 0; i < 150; ++i) {
    const FireCase it = random_ground_case(random);
    const auto film = film_of(it.scenario, it.seeds[0]);
    SteppedFire fire(it.scenario, Seed{it.seeds[1]}, 1 + i % 2);
    fire.states();
    fire.reset(Seed{it.seeds[0]});
    INFO(describe(it));
    CHECK(is_filmed(fire, film, 1 + static_cast<std::size_t>(i % 3) * 4));
  }
}

TEST_CASE("cells that are lit by hand at the start burn as those of the scenario") {
  std::mt19937_64 random(2);
  for (int i = 0; i < 100; ++i) {
    FireCase it = random_ground_case(random);
    it.scenario.on_bare_ground = OnBareGround::skip;
    const auto* points = std::get_if<IgnitionPoints>(&it.scenario.ignition);
    if (points == nullptr) continue;
    const auto film = film_of(it.scenario, it.seeds[0]);
    Scenario unlit = it.scenario;
    unlit.ignition = IgnitionPoints{};
    SteppedFire fire(unlit, Seed{it.seeds[0]});
    const States ground = states_of(fire);
    States seen = ground;
    for (const Cell cell : *points) {
      CellState& state = seen[it.scenario.extent.index(cell)];
      CHECK(fire.ignite(cell) == state);
      if (state == CellState::vegetation) state = CellState::burning;
    }
    CHECK(is_filmed(fire, film, 1));
  }
}

TEST_CASE("weather that is set between steps is a change of the scenario's") {
  std::mt19937_64 random(3);
  for (int i = 0; i < 100; ++i) {
    FireCase it = random_ground_case(random);
    it.scenario.course = {};
    const Scenario plain = it.scenario;
    const auto first = static_cast<std::uint32_t>(1 + random() % 5);
    const WeatherParts windy{.wind_speed = 90, .wind_direction = 45};
    const WeatherParts dry{.humidity = 3};
    it.scenario.course = {
        .changes = {{0, windy}, {4, dry}}, .change_step = static_cast<double>(first), .end = {}};
    const auto film = film_of(it.scenario, it.seeds[0]);
    SteppedFire fire(plain, Seed{it.seeds[0]});
    while (fire.steps() + 1 < film.size()) {
      if (fire.steps() == first) fire.set_weather(windy);
      if (fire.steps() == first + 4) fire.set_weather(dry);
      fire.step();
      REQUIRE(states_of(fire) == film[fire.steps()]);
    }
    fire.reset(Seed{it.seeds[0]});
    CHECK(fire.weather() == plain.weather);
  }
}

TEST_CASE("weather set twice before a step is that of the second, with what only the first named") {
  SteppedFire fire(centre_fire({40, 30}, DangerLevel::severe), Seed{1});
  for (int steps : {0, 3}) {
    while (fire.steps() < static_cast<std::uint32_t>(steps)) fire.step();
    fire.set_weather({.wind_speed = 10, .humidity = 20});
    fire.set_weather({.humidity = 30});
    CHECK(fire.weather().wind_speed == 10);
    CHECK(fire.weather().humidity == 30);
    CHECK(fire.weather().temperature == weather_of(DangerLevel::severe).temperature);
  }
}

TEST_CASE("a weather beyond the rule's limits is refused, and the fire burns on in the one before") {
  Scenario scenario = centre_fire({60, 50}, DangerLevel::severe);
  scenario.spread.wind_directionality = 0.02;
  scenario.spread.wind_scale = 1e-3;
  scenario.spread.base_rate = 0.9;
  scenario.weather.wind_speed = 0;
  const auto film = film_of(scenario, 7);
  SteppedFire fire(scenario, Seed{7});
  for (int i = 0; i < 3; ++i) {
    CHECK_THROWS_AS(fire.set_weather({.wind_speed = 1e6}), InputError);
    fire.step();
  }
  CHECK(is_filmed(fire, film, 1));
  scenario.course = {.changes = {{0, {.wind_speed = 1e6}}}, .change_step = 2, .end = {}};
  SteppedFire changing(scenario, Seed{7});
  changing.step();
  changing.step();
  for (int i = 0; i < 3; ++i) CHECK_THROWS_AS(changing.step(), InputError);
  CHECK(changing.steps() == 2);
  CHECK(states_of(changing) == film[2]);
  changing.set_weather({.wind_speed = 0});
  CHECK(is_filmed(changing, film, 1));
}

TEST_CASE("time goes on when nothing burns, and what is lit later burns by the draws of its time") {
  Scenario scenario = centre_fire({50, 40}, DangerLevel::catastrophic, 1.0);
  scenario.ignition = IgnitionPoints{};
  SteppedFire early(scenario, Seed{3});
  SteppedFire late(scenario, Seed{3});
  for (int i = 0; i < 8; ++i) late.step();
  CHECK(late.steps() == 8);
  CHECK(late.burning() == 0);
  CHECK(states_of(late) == states_of(early));
  CHECK(early.ignite({25, 20}) == CellState::vegetation);
  CHECK(late.ignite({25, 20}) == CellState::vegetation);
  CHECK(late.ignite({25, 20}) == CellState::burning);
  CHECK(states_of(late) == states_of(early));
  for (int i = 0; i < 10; ++i) {
    early.step();
    late.step();
  }
  CHECK(states_of(late) != states_of(early));
  CHECK(late.ignite({25, 20}) == CellState::burnt);
  CHECK(late.history().size() == 19);
  CHECK(late.vegetated_cells() == scenario.extent.cells());
}

TEST_CASE("states stay where they are") {
  SteppedFire fire(centre_fire({50, 40}, DangerLevel::severe), Seed{3});
  const CellState* const place = fire.states().data();
  fire.step();
  CHECK(fire.states().data() == place);
  fire.reset(Seed{4});
  CHECK(fire.states().data() == place);
}
