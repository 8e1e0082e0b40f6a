#pragma once

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "firesweep/experiment/plan.hpp"

// A small experiment for the ensemble's tests.
namespace firesweep {

inline const std::atomic<bool> never_stop = false;

inline Experiment small_ensemble(std::uint64_t seeds) {
  Experiment experiment;
  experiment.name = "small";
  experiment.base.extent = {20, 18};
  experiment.base.on_bare_ground = OnBareGround::force;
  experiment.axes = {DangerLevelAxis{{DangerLevel::high, DangerLevel::extreme}},
                     IgnitionSetAxis{{{"centre", IgnitionPoints{{10, 9}}}, {"two", RandomIgnition{2}}}}};
  experiment.seeds = Seeds(Seed{0}, seeds);
  experiment.outputs.arrival = true;
  return experiment;
}

}  // namespace firesweep
