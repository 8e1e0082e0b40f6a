#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// What an array takes in a plan's results file.
struct StoredArray {
  std::string name;  ///< with its group, e.g. "sums/arrival_step_sum"
  Source source = Source::plan;
  std::uint64_t element_bytes = 0;
  /// Its length, seen from a scenario: numbers per scenario or, of what is not by scenario, in all.
  std::uint64_t length = 0;
  bool is_by_scenario = true;
};

/// Steps of the longest fire, its initial state included, estimated from above.
std::uint64_t longest_fire(const Experiment& experiment);

/// Pairs of scenarios that are compared.
std::uint64_t compared_pairs(const Plan& plan);

/// All arrays in the plan's results file, /provenance and /performance apart, by the rows that it is written by, but
/// for the axes of the matrix, the failures, and what is an axis instead. A test compares them with a file.
std::vector<StoredArray> stored_arrays(const Plan& plan);

/// The array's size [bytes] in a plan of so many scenarios; of more than any machine holds, at least 2^60.
std::uint64_t bytes_of(const StoredArray& array, std::uint64_t scenarios);

/// a b, or 2^60 if that is less: more than any machine has, and a few such still add up.
std::uint64_t capped_product(std::uint64_t a, std::uint64_t b);

}  // namespace firesweep
