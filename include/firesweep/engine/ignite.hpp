#pragma once

#include <cstdint>
#include <vector>

#include "firesweep/landscape/scenario.hpp"
#include "firesweep/random/draw.hpp"

namespace firesweep {

/// How a fire starts.
struct Ignition {
  std::vector<Cell> burning;           ///< distinct cells that burn at step 0
  std::vector<Cell> forced;            ///< those of them that were empty before
  std::uint32_t ignitions_failed = 0;  ///< points that started nothing
};

/// Decides where the fire of (scenario, seed) starts. The points of the set are taken in order; a point that
/// lies on vegetation not yet burning ignites it, one on an empty cell follows Scenario::on_bare_ground, and
/// one on a cell already burning fails. On ground that does not burn, `force` fails too, and `nearest` is by metres. Points
/// of a RandomIgnition are the first `count` distinct cells of number_below(seed, ignition, i, cells), i = 0, 1, ...,
/// counting burnable cells row by row.
Ignition ignite(const Scenario& scenario, Seed seed);

}  // namespace firesweep
