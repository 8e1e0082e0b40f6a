#include "spread_rule.hpp"
#include "tile_step.hpp"

namespace firesweep {

extern const TileOperations portable_operations;
const TileOperations portable_operations = operations_of<NeighbourCountRule>();

}  // namespace firesweep
