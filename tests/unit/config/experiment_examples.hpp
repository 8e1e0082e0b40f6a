#pragma once

#include <string>
#include <vector>

#include "firesweep/check/input_error.hpp"
#include "firesweep/config/experiment_file.hpp"

#include "catch.hpp"

/// The first example of the documentation of experiment files.
inline const std::string full_example = R"(name: danger-levels                    # goes into the file name
landscape:
  width: 256
  height: 256
  vegetation_density: 0.85
matrix:                                # every key here is an axis, in this order; full factorial
  danger_level: [low, moderate, high, very_high, severe, extreme, catastrophic]
  ignition_set:
    centre: [[128, 128]]               # x, y
    ridge: [[20, 128], [128, 128], [236, 128]]
    lightning: {random: 12}            # 12 distinct cells, drawn per seed
  seed: {first: 1, count: 1000}        # or a list: [3, 17, 42]
weather: {}
model: {}
on_bare_ground: skip                   # skip | nearest | force
max_steps: 5000
outputs:
  maps: true
  arrival: false
  curves: true
  run_curves: false
  cell_counts: false
  thresholds: [0.01, 0.1, 0.5]
  quantiles: [0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
  confidence: 0.95
on_failure: continue                   # continue | stop
max_failed: 0
)";

/// The second.
inline const std::string sweep_example = R"(matrix:
  danger_level: [extreme]
  wind_speed: {from: 40, to: 80, count: 9}
  humidity: [5, 10, 20]
  vegetation_density: [0.6, 0.7, 0.8, 0.9]
  ignition_set: {centre: [[128, 128]]}
  seed: {first: 0, count: 500}
)";

/// As few words as make an experiment.
inline const std::string minimal = "matrix: {danger_level: [low]}\n";

inline firesweep::Experiment parsed(const std::string& text, std::vector<std::string> overrides = {}) {
  return firesweep::parse_experiment({"e.yaml", text, std::move(overrides)}).experiment;
}

/// All that is wrong with an experiment, one problem a line; "" if it is good.
inline std::string complaints(const std::string& text, std::vector<std::string> overrides = {}) {
  try {
    parsed(text, std::move(overrides));
  } catch (const firesweep::InputError& error) {
    return error.what();
  }
  return "";
}

/// An experiment, and all that is said of it.
struct BadInput {
  std::string text;
  std::string complaint;
};

inline void check(const std::vector<BadInput>& table) {
  for (const auto& [text, complaint] : table) {
    INFO(text);
    CHECK(complaints(text) == complaint);
  }
}

/// A good experiment whose matrix has one line more, the third.
inline std::string with_axis(const std::string& line) {
  return "matrix:\n  danger_level: [low]\n  " + line + "\n";
}

/// A good experiment with one line more, the second.
inline std::string with_line(const std::string& line) {
  return minimal + line + "\n";
}
