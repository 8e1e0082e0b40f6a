#include "neighbour_count_rule.hpp"
#include "operations_of.hpp"

namespace firesweep {

extern const TileOperations portable_operations;
const TileOperations portable_operations = operations_of<NeighbourCountRule>();

}  // namespace firesweep
