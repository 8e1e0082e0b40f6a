#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "firesweep/engine/kernel.hpp"

namespace firesweep::testing {

/// One thing to burn: a scenario, seeds that burn in it one after the other, and what is added up over them.
struct FireCase {
  Scenario scenario;
  std::vector<std::uint64_t> seeds;
  TallyChoice choice;
};

/// Returns a case that covers a corner of everything a scenario can be.
FireCase random_case(std::mt19937_64& random);

/// Returns the case as a text from which it can be typed again.
std::string describe(const FireCase& fire_case);

/// Returns the first difference between what two kernels make of a case: in any cell at any step, in a record
/// or in the tally. Before the last seed, both kernels abandon a fire.
std::optional<std::string> difference(Kernel& expected, Kernel& actual, const FireCase& fire_case);

/// Returns smaller cases that are like this one.
std::vector<FireCase> smaller(const FireCase& fire_case);

}  // namespace firesweep::testing
