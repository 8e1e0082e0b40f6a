#include "neighbour_count_rule.hpp"

namespace firesweep {

ThresholdTable NeighbourCountRule::thresholds(const SpreadProbability& p) {
  ThresholdTable table{};
  table.threshold[0] = threshold(p[8]);
  table.specials = 7;
  while (table.specials > 0 && p[static_cast<std::size_t>(table.specials)] == p[8]) --table.specials;
  for (int n = 1; n <= table.specials; ++n) table.threshold[n] = threshold(p[static_cast<std::size_t>(n)]);
  return table;
}

}  // namespace firesweep
