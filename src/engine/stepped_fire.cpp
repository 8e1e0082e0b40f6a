#include "firesweep/engine/stepped_fire.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "firesweep/check/contract.hpp"

#include "tile_kernel.hpp"
#include "tile_operations.hpp"
#include "tile_states.hpp"

namespace firesweep {
namespace {

Weather weather_at(const std::vector<WeatherPeriod>& periods, std::uint32_t step) {
  const auto next =
      std::ranges::find_if(periods, [step](const WeatherPeriod& period) { return period.first_step > step; });
  return std::prev(next)->weather;
}

// As a course, periods whose first is from step 0 on. Who began with another weather keeps its end.
void set_periods(Scenario& scenario, const std::vector<WeatherPeriod>& periods) {
  scenario.weather = periods.front().weather;
  scenario.course.changes.clear();
  if (periods.size() == 1) return;
  scenario.course.change_step = periods[1].first_step;
  for (auto period = periods.begin() + 1; period != periods.end(); ++period) {
    const Weather& weather = period->weather;
    scenario.course.changes.push_back({period->first_step - periods[1].first_step,
                                       {.wind_speed = weather.wind_speed,
                                        .humidity = weather.humidity,
                                        .temperature = weather.temperature,
                                        .wind_direction = weather.wind_direction}});
  }
}

}  // namespace

struct SteppedFire::Parts {
  Parts(Scenario given, int threads)
      : made(std::move(given)),
        scenario(made),
        kernel(made.extent, {}, threads, tile_operations(supported_instruction_sets().back())),
        states(kernel) {}

  Scenario made;
  Scenario scenario;
  Seed seed{};
  TileKernel kernel;
  TileStates states;
  std::optional<std::uint64_t> vegetated;
};

SteppedFire::SteppedFire(Scenario scenario, Seed seed, int threads)
    : parts_(std::make_unique<Parts>(std::move(scenario), threads)) {
  reset(seed);
}

SteppedFire::~SteppedFire() = default;

void SteppedFire::reset(Seed seed) {
  Parts& own = *parts_;
  own.scenario = own.made;
  own.vegetated.reset();
  own.states.forget();
  own.seed = seed;
  history_.assign(1, {});
  own.kernel.begin(own.scenario, seed);
  own.kernel.change_weather(own.scenario, 0);  // here it is told if the rule has no place for it
  note_counts();
}

const Scenario& SteppedFire::scenario() const {
  return parts_->scenario;
}

Seed SteppedFire::seed() const {
  return parts_->seed;
}

void SteppedFire::note_counts() {
  history_.back() = {parts_->kernel.burning_cells(), parts_->kernel.burnt_cells()};
  parts_->states.note_active();
}

CellState SteppedFire::ignite(Cell cell) {
  expects(parts_->scenario.extent.contains(cell), "a cell that is lit is on the grid");
  const CellState was = parts_->kernel.ignite_vegetation(cell);
  if (was == CellState::vegetation) note_counts();
  return was;
}

void SteppedFire::set_weather(const WeatherParts& parts) {
  Parts& own = *parts_;
  std::vector<WeatherPeriod> periods = weather_periods(own.scenario);
  const Weather weather = parts.over(weather_at(periods, steps()));
  std::erase_if(periods, [&](const WeatherPeriod& period) { return period.first_step >= steps(); });
  periods.push_back({steps(), weather});
  Scenario changed = own.scenario;
  set_periods(changed, periods);
  own.kernel.change_weather(changed, steps());
  own.scenario = std::move(changed);
}

Weather SteppedFire::weather() const {
  return weather_at(weather_periods(parts_->scenario), steps());
}

void SteppedFire::step() {
  expects(steps() < std::numeric_limits<std::uint32_t>::max() - 1, "a fire has no more than 2^32 - 2 steps");
  const std::uint32_t step = steps();
  history_.emplace_back();  // before anything burns, as it may throw
  try {
    parts_->kernel.advance(parts_->scenario, step);
  } catch (...) {
    history_.pop_back();
    throw;
  }
  note_counts();
}

std::uint64_t SteppedFire::vegetated_cells() const {
  if (!parts_->vegetated) parts_->vegetated = parts_->kernel.vegetated_cells();
  return *parts_->vegetated;
}

std::span<const CellState> SteppedFire::states() {
  return parts_->states.refresh();
}

}  // namespace firesweep
