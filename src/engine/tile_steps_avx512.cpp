#include "spread_rule.hpp"
#include "tile_step.hpp"

namespace firesweep {

extern const TileSteps avx512_steps;
const TileSteps avx512_steps = steps_of<NeighbourCountRule>();

}  // namespace firesweep
