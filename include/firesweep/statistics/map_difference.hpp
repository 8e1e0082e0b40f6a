#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace firesweep {

/// How often each cell burnt in two ensembles.
struct BurnMap {
  std::span<const float> probability;  ///< share of the runs, shape (cells); NaN where not known
  std::uint64_t runs = 0;
};

enum class CellMark : std::uint8_t {
  none,  ///< the interval includes 0
  less,  ///< it lies below: the second burns less often
  more,
  unknown,  ///< in either map
};

/// The second map less the first, cell by cell.
struct MapDifference {
  std::vector<float> difference;   ///< NaN where not known in either
  std::vector<CellMark> marks;     ///< by newcombe_interval(), of pairs by share_difference_interval()
  std::uint64_t cells = 0;         ///< that are known in both
  std::uint64_t could_differ = 0;  ///< of these, that burnt in a run or more of either
  std::uint64_t less = 0;          ///< marked so
  std::uint64_t more = 0;
  double by_chance = 0.0;  ///< (1 - confidence) could_differ: what to expect from above if no cell differed
};

/// Compares two maps of the same cells; 0 < confidence < 1.
MapDifference difference_of_maps(const BurnMap& first, const BurnMap& second, double confidence);

/// How often each cell burnt in one of two fires of the same seed alone, shape (cells).
struct PairedCounts {
  std::span<const std::uint32_t> only_first;
  std::span<const std::uint32_t> only_second;
  std::uint64_t seeds = 0;  ///< pairs of fires, at least 1
};

/// The same by pairs of fires, whose common luck cancels: marks are by share_difference_interval(), and differences are over
/// the pairs.
MapDifference difference_of_maps(const BurnMap& first, const BurnMap& second, const PairedCounts& pairs,
                                 double confidence);

}  // namespace firesweep
