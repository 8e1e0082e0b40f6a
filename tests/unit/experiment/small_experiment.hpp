#pragma once

#include "firesweep/experiment/experiment.hpp"

/// Two danger levels, two ignition sets, three winds, four seeds, on 8 x 4 cells.
inline firesweep::Experiment small_experiment() {
  using namespace firesweep;
  Experiment experiment;
  experiment.name = "small";
  experiment.base.extent = {8, 4};
  experiment.axes.emplace_back(DangerLevelAxis{{DangerLevel::high, DangerLevel::extreme}});
  experiment.axes.emplace_back(
      IgnitionSetAxis{{{"centre", IgnitionPoints{{4, 2}}}, {"drawn", RandomIgnition{3}}}});
  experiment.axes.emplace_back(ParameterAxis{find_parameter("wind_speed"), {10.0, 42.5, 80.0}});
  experiment.seeds = {Seed{7}, Seed{3}, Seed{0}, Seed{11}};
  return experiment;
}
