#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// What an array of a results file is made from, and with that, who holds it until it is written.
enum class Source : std::uint8_t {
  plan,         ///< the experiment alone; made while it is written
  records,      ///< one value per run
  summaries,    ///< estimates of a scenario
  differences,  ///< estimates of two scenarios; written in one piece
  axes,         ///< estimates of an axis; written in one piece
  burn_counts,
  arrivals,
  curves,
  run_curves,
};

/// One array of a results file.
struct StoredArray {
  std::string name;
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

/// All arrays of numbers in the plan's results file, /provenance and /performance apart, by the lists that it
/// is written by. A test compares them with a file.
std::vector<StoredArray> stored_arrays(const Plan& plan);

/// The array's size [bytes] in a plan of so many scenarios; of more than any machine holds, at least 2^60.
std::uint64_t bytes_of(const StoredArray& array, std::uint64_t scenarios);

/// a b, or 2^60 if that is less: more than any machine has, and a few such still add up.
std::uint64_t capped_product(std::uint64_t a, std::uint64_t b);

}  // namespace firesweep
