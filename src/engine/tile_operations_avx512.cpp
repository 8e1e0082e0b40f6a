#include "neighbour_count_rule.hpp"
#include "operations_of.hpp"

namespace firesweep {

extern const TileOperations avx512_operations;
const TileOperations avx512_operations = operations_of<NeighbourCountRule>();

}  // namespace firesweep
