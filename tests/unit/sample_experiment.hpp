#pragma once

#include "firesweep/experiment/experiment.hpp"
#include "firesweep/experiment/parameter.hpp"

namespace firesweep::sample {

/// Two danger levels, two ignition sets and three winds, the first wind excluded at the first level, on 20 x
/// 17 cells with every output asked for; eight seeds.
inline Experiment experiment() {
  Experiment made;
  made.name = "sample";
  made.base.extent = {20, 17};
  made.base.ignition = IgnitionPoints{{10, 8}};
  made.axes = {DangerLevelAxis{{DangerLevel::severe, DangerLevel::extreme}},
               IgnitionSetAxis{{{"centre", IgnitionPoints{{10, 8}}}, {"foudre é", RandomIgnition{3}}}},
               ParameterAxis{find_parameter("wind_speed"), {20.0, 42.5, 70.0}}};
  made.seeds = Seeds(Seed{1}, 8);
  made.exclude = {Exclusion{{{0, 0}, {2, 0}}}};
  made.outputs.arrival = true;
  made.outputs.run_curves = true;
  made.outputs.cell_counts = true;
  return made;
}

}  // namespace firesweep::sample
