#include "spread_rule.hpp"
#include "tile_step.hpp"

namespace firesweep {

extern const TileSteps avx2_steps;
const TileSteps avx2_steps = steps_of<NeighbourCountRule>();

}  // namespace firesweep
