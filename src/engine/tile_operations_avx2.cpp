#include "neighbour_count_rule.hpp"
#include "operations_of.hpp"

namespace firesweep {

extern const TileOperations avx2_operations;
const TileOperations avx2_operations = operations_of<NeighbourCountRule>();

}  // namespace firesweep
