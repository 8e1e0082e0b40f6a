#include "spread_rule.hpp"
#include "tile_step.hpp"

namespace firesweep {

extern const TileOperations avx2_operations;
const TileOperations avx2_operations = operations_of<NeighbourCountRule>();

}  // namespace firesweep
