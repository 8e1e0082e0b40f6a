#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "firesweep/check/matrix_shape.hpp"
#include "firesweep/experiment/experiment.hpp"
#include "firesweep/landscape/scenario.hpp"

namespace firesweep {

/// The most scenarios [1] and seeds [1] of one plan: beyond them even the lists of their numbers are
/// unwieldy.
inline constexpr std::size_t max_scenarios = 10'000'000;
inline constexpr std::size_t max_seeds = 100'000'000;

/// The matrix of an experiment, multiplied out. Scenarios are numbered in row-major order of the axes (the
/// last varies fastest), excluded ones included, so a scenario's number is its place in every array of the
/// results file.
class Plan {
 public:
  /// The experiment has at least one seed and one value on every axis, and keeps to the limits above.
  /// Where seeds grow each scenario has so many of them as `stages` say, shape (scenarios), at least one; what they say of
  /// excluded ones does not matter. Empty: all have all seeds.
  explicit Plan(Experiment experiment, std::vector<std::size_t> stages = {});

  const Experiment& experiment() const { return experiment_; }

  /// Of the scenarios: the axes in the order of Experiment::axes, seeds apart.
  const MatrixShape& shape() const { return shape_; }

  std::size_t scenarios() const { return excluded_.size(); }
  std::size_t seeds() const { return experiment_.seeds.size(); }
  bool is_excluded(std::size_t scenario) const { return excluded_[scenario]; }

  const std::vector<std::size_t>& stages() const { return stages_; }

  /// Runs of a scenario that are to be made, those of its first seeds; 0 if it is excluded.
  std::size_t planned(std::size_t scenario) const {
    if (excluded_[scenario]) return 0;
    return stages_.empty() ? seeds() : stages_[scenario];
  }
  Seed seed(std::size_t i) const { return experiment_.seeds[i]; }

  /// Runs to be made: excluded scenarios do not count.
  std::uint64_t runs() const;

  /// The i-th scenario, with weather, parameters and ignition resolved.
  Scenario scenario(std::size_t i) const;

  /// Its values on the axes as text, in the order of the axes, e.g. {"extreme", "centre"}.
  std::vector<std::string> labels(std::size_t scenario) const;

  /// What a scenario and the run of its i-th seed are called.
  std::string scenario_name(std::size_t scenario) const;
  std::string run_name(std::size_t scenario, std::size_t i) const;

 private:
  Experiment experiment_;
  MatrixShape shape_;
  std::vector<bool> excluded_;
  std::vector<std::size_t> stages_;
};

}  // namespace firesweep
