#pragma once

#include "firesweep/model/spread.hpp"

#include "tile_layout.hpp"

namespace firesweep {

/// The place where a candidate's threshold is decided: by the number of its burning neighbours.
///
/// A rule sorts the candidates of a tile into classes of equal threshold. All are of class 0, but for those
/// it puts into one of some disjoint special sets. Another rule may look at which neighbours burn
/// (Neighbourhood, tile_step.hpp), and as the kernel is a template of its rule it costs what it looks at.
struct NeighbourCountRule {
  static constexpr int max_specials = 7;

  /// Returns the classes: p(n) saturates at its cap, so class 0 is of all n from some number on, and special
  /// set i - 1 of n = i below.
  static ThresholdTable thresholds(const SpreadProbability& p);

  /// Fills special[0..specials), the special sets; cells that are no candidates may be in any.
  template <int specials, class Neighbourhood, class Bits>
  static void classify(const Neighbourhood& near, Bits* special) {
    if constexpr (specials > 0) {
      classify<specials - 1>(near, special);
      special[specials - 1] = near.template count_is<specials>();
    }
  }
};

}  // namespace firesweep
