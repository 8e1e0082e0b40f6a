#pragma once

#include <string>
#include <vector>

#include "firesweep/experiment/experiment.hpp"

namespace firesweep {

/// A key of the experiment in which two disagree.
struct Difference {
  std::string key;  ///< as in the experiment file, e.g. "landscape.width", "matrix.ignition_set.centre"
  std::string stored;
  std::string asked;
};

/// What keeps the runs of `stored` from being runs of `asked`: empty if `asked` asks for at least the
/// scenarios and seeds of `stored`, of the same name, landscape, weather, model, on_bare_ground and
/// max_steps, with the same axes in the same order and the same outputs per cell, step and run. More seeds,
/// more values on an axis, thresholds, quantiles, confidence, on_failure and max_failed may differ.
std::vector<Difference> differences(const Experiment& stored, const Experiment& asked);

/// Where they disagree in what says nothing of any run: thresholds, quantiles, confidence, on_failure and
/// max_failed.
std::vector<Difference> differing_judgements(const Experiment& stored, const Experiment& asked);

}  // namespace firesweep
