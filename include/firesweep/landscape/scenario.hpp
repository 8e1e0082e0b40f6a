#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "firesweep/landscape/landscape.hpp"
#include "firesweep/landscape/start_cells.hpp"
#include "firesweep/model/grid.hpp"
#include "firesweep/model/ignition.hpp"
#include "firesweep/model/spotting.hpp"
#include "firesweep/model/spread.hpp"
#include "firesweep/model/weather.hpp"

namespace firesweep {

/// Everything that decides a fire but its seed: one point of the experiment's matrix.
struct Scenario {
  Extent extent;
  /// Of that extent; null: the same fuel everywhere, on flat ground.
  std::shared_ptr<const Landscape> landscape = nullptr;
  double vegetation_density = 0.85;  ///< share of vegetated cells, where no class gives one [1], 0..1
  double fuel_scale = 1.0;           ///< factor on the spread of every class [1], >= 0
  Weather weather;                   ///< of step 0
  WeatherCourse course = {};
  SpreadParameters spread;
  Spotting spotting = {};
  CellSize cell_size = {};  ///< where there is no landscape; 1 if nobody has said it
  IgnitionSet ignition;
  /// What a random ignition is drawn from; null: all cells that burn, for which the set says no more.
  std::shared_ptr<const StartCells> starts = nullptr;
  OnBareGround on_bare_ground = OnBareGround::skip;
  std::uint32_t max_steps = 5000;

  friend bool operator==(const Scenario&, const Scenario&) = default;
};

/// The weather of a scenario, from step 0 on.
inline std::vector<WeatherPeriod> weather_periods(const Scenario& scenario) {
  return weather_periods(scenario.weather, scenario.course);
}

}  // namespace firesweep
