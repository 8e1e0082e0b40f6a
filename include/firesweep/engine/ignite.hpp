#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "firesweep/engine/record.hpp"
#include "firesweep/landscape/scenario.hpp"
#include "firesweep/random/draw.hpp"

namespace firesweep {

/// How a fire starts.
struct Ignition {
  std::vector<Cell> burning;           ///< distinct cells that burn at step 0
  std::vector<Cell> forced;            ///< those of them that were empty before
  std::uint32_t ignitions_failed = 0;  ///< points that started nothing
  std::optional<Cell> first_drawn;     ///< of a random set: its first point, wherever the fire then started
};

/// Decides where the fire of (scenario, seed) starts. The points of the set are taken in order; a point that
/// lies on vegetation not yet burning ignites it, one on an empty cell follows Scenario::on_bare_ground, and
/// one on a cell already burning fails. On ground that does not burn, `force` fails too, and `nearest` is by metres.
///
/// Points of a RandomIgnition are the first `count` distinct cells k = number_below(seed, ignition, i, cells), i = 0, 1,
/// ..., counting row by row the cells of the set that burn; with a density, number_below(seed, ignition, i, weight) is in
/// the share of the i-th point, where `weight` and shares are those of the cells not drawn yet (StartCells). Cells that
/// burn are those of the scenario's landscape, or of any of several: then the seed draws the same points on each, and
/// one where this landscape does not burn fails.
Ignition ignite(const Scenario& scenario, Seed seed);

/// Notes in the record of a fire how it started.
void note_start(const Ignition& ignition, RunRecord& record);

}  // namespace firesweep
