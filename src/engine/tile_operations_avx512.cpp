#include "spread_rule.hpp"
#include "tile_step.hpp"

namespace firesweep {

extern const TileOperations avx512_operations;
const TileOperations avx512_operations = operations_of<NeighbourCountRule>();

}  // namespace firesweep
