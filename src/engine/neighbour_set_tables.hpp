#pragma once

#include <cstdint>
#include <vector>

#include "firesweep/landscape/landscape.hpp"
#include "firesweep/model/spread_rule.hpp"

#include "tile_field.hpp"
#include "tile_layout.hpp"

namespace firesweep {

/// The tables by which tiles look a rule up, of one weather and landscape.
class NeighbourSetTableStore {
 public:
  /// `landscape` may be null. The rule is none by count.
  NeighbourSetTableStore(const SpreadRule& rule, const Landscape* landscape);

  NeighbourSetRule rule() const { return rule_; }
  NeighbourSetTables view() const;

 private:
  NeighbourSetRule rule_;
  std::uint64_t cap_;
  std::uint32_t bins_;
  std::vector<std::uint64_t> by_class_;
  std::vector<std::uint8_t> by_class_byte_;
  std::vector<std::uint32_t> fuel_;
  std::vector<std::uint32_t> sums_;
  LazyZeros<std::uint32_t> products_;  // only kinds that occur are touched
};

}  // namespace firesweep
