#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "firesweep/experiment/experiment.hpp"
#include "firesweep/model/scenario.hpp"

namespace firesweep {

/// The most scenarios [1] and seeds [1] of one plan: beyond them even the lists of their numbers are
/// unwieldy.
inline constexpr std::size_t max_scenarios = 10'000'000;
inline constexpr std::size_t max_seeds = 100'000'000;

/// What one run's record takes in memory [bytes].
inline constexpr std::uint64_t record_bytes = 48;

/// The matrix of an experiment, multiplied out. Scenarios are numbered in row-major order of the axes (the
/// last varies fastest), excluded ones included, so a scenario's number is its place in every array of the
/// results file.
class Plan {
 public:
  /// The experiment has at least one seed and one value on every axis, and keeps to the limits above.
  explicit Plan(Experiment experiment);

  const Experiment& experiment() const { return experiment_; }

  /// The length of every axis, in the order of Experiment::axes; seeds apart.
  const std::vector<std::size_t>& shape() const { return shape_; }

  std::size_t scenarios() const { return excluded_.size(); }
  std::size_t seeds() const { return experiment_.seeds.size(); }
  bool is_excluded(std::size_t scenario) const { return excluded_[scenario]; }
  Seed seed(std::size_t i) const { return experiment_.seeds[i]; }

  /// Runs to be made: excluded scenarios do not count.
  std::uint64_t runs() const;

  /// The i-th scenario, with weather, parameters and ignition resolved.
  Scenario scenario(std::size_t i) const;

  /// Its index along every axis.
  std::vector<std::size_t> coordinates(std::size_t scenario) const;

  /// Its coordinates as text, in the order of the axes, e.g. {"extreme", "centre"}.
  std::vector<std::string> labels(std::size_t scenario) const;

 private:
  Experiment experiment_;
  std::vector<std::size_t> shape_;
  std::vector<bool> excluded_;
};

/// What an experiment takes [bytes], estimated from above.
struct Footprint {
  std::uint64_t results_memory =
      0;  ///< on rank 0: records, maps, curves, and the largest datasets while written
  std::uint64_t worker_memory = 0;  ///< per thread, if a fire reaches the whole landscape
  std::uint64_t file = 0;           ///< results file before compression
};

Footprint footprint(const Plan& plan);

/// Throws InputError if the results do not fit into `available_bytes` of memory: how much they need, what
/// takes most of it and what to change. Nothing is allocated. What workers need is left out, as it grows only
/// with the fires.
void check_memory(const Plan& plan, std::uint64_t available_bytes);

}  // namespace firesweep
