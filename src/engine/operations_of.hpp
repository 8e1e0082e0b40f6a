#pragma once

// All that is compiled once per instruction set; see tile_bits.hpp.

#include "tile_set_step.hpp"
#include "tile_step.hpp"

namespace firesweep {
namespace {

// The step for so many special sets, or for the most that the rule has.
template <class Rule, int specials>
inline constexpr auto advance_by = &advance<CountStepper<Rule, std::min(specials, Rule::max_specials)>>;

template <class Rule>
constexpr TileOperations operations_of() {
  return {
      &Rule::thresholds,
      &prepare,
      &grow,
      &touch,
      &count_up,
      {advance_by<Rule, 0>, advance_by<Rule, 1>, advance_by<Rule, 2>, advance_by<Rule, 3>,
       advance_by<Rule, 4>, advance_by<Rule, 5>, advance_by<Rule, 6>, advance_by<Rule, 7>},
      {&advance<StepperBySet<ByClass>>, &advance<StepperBySet<Linear>>, &advance<StepperBySet<Independent>>}};
}

}  // namespace
}  // namespace firesweep
