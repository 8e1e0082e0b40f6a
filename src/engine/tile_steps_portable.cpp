#include "spread_rule.hpp"
#include "tile_step.hpp"

namespace firesweep {

extern const TileSteps portable_steps;
const TileSteps portable_steps = steps_of<NeighbourCountRule>();

}  // namespace firesweep
