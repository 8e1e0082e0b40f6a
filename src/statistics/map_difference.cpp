#include "firesweep/statistics/map_difference.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/interval.hpp"
#include "firesweep/statistics/nan.hpp"
#include "firesweep/statistics/paired.hpp"

namespace firesweep {
namespace {

/// The Wilson intervals of a map's cells, of which many burnt as often as others.
class IntervalsOfMap {
 public:
  IntervalsOfMap(std::uint64_t runs, double confidence)
      : runs_(runs), confidence_(confidence), known_(runs + 1) {}

  const Interval& of(std::uint64_t burnt) {
    std::optional<Interval>& interval = known_[burnt];
    if (!interval) interval = wilson_interval(burnt, runs_, confidence_);
    return *interval;
  }

  /// In how many runs a cell burnt, which its share has lost in rounding.
  std::uint64_t burnt(float share) const {
    return std::min(runs_, static_cast<std::uint64_t>(
                               std::llround(static_cast<double>(share) * static_cast<double>(runs_))));
  }

  double share(std::uint64_t burnt) const { return static_cast<double>(burnt) / static_cast<double>(runs_); }

 private:
  std::uint64_t runs_;
  double confidence_;
  std::vector<std::optional<Interval>> known_;  // by count
};

CellMark mark_of(const Interval& interval) {
  if (interval.upper < 0.0) return CellMark::less;
  return interval.lower > 0.0 ? CellMark::more : CellMark::none;
}

/// What is found of a cell that is known in both maps.
struct CellDifference {
  double difference;
  Interval interval;
  bool could_differ;  ///< burnt in any run
};

/// Of every cell of two maps, of(cell) for those that are known.
MapDifference over_cells(const BurnMap& first, const BurnMap& second, double confidence, const auto& of) {
  expects(first.probability.size() == second.probability.size(),
          "maps that are compared have the same cells");
  MapDifference result;
  result.difference.assign(first.probability.size(), static_cast<float>(nan));
  result.marks.assign(first.probability.size(), CellMark::unknown);
  for (std::size_t cell = 0; cell < result.marks.size(); ++cell) {
    if (std::isnan(first.probability[cell]) || std::isnan(second.probability[cell])) continue;
    const CellDifference found = of(cell);
    const CellMark mark = mark_of(found.interval);
    result.difference[cell] = static_cast<float>(found.difference);
    result.marks[cell] = mark;
    ++result.cells;
    if (found.could_differ) ++result.could_differ;
    if (mark == CellMark::less) ++result.less;
    if (mark == CellMark::more) ++result.more;
  }
  result.by_chance = (1.0 - confidence) * static_cast<double>(result.could_differ);
  return result;
}

}  // namespace

MapDifference difference_of_maps(const BurnMap& first, const BurnMap& second, double confidence) {
  IntervalsOfMap of_first(first.runs, confidence);
  IntervalsOfMap of_second(second.runs, confidence);
  return over_cells(first, second, confidence, [&](std::size_t cell) -> CellDifference {
    const std::uint64_t before = of_first.burnt(first.probability[cell]);
    const std::uint64_t after = of_second.burnt(second.probability[cell]);
    const double from = of_first.share(before);
    const double to = of_second.share(after);
    return {to - from, newcombe_interval(to, of_second.of(after), from, of_first.of(before)),
            before + after > 0};
  });
}

MapDifference difference_of_maps(const BurnMap& first, const BurnMap& second, const PairedCounts& pairs,
                                 double confidence) {
  expects(pairs.seeds > 0, "there are pairs to compare");
  const ShareDifferenceInterval interval(pairs.seeds, confidence);
  return over_cells(first, second, confidence, [&](std::size_t cell) -> CellDifference {
    const std::uint32_t one = pairs.only_first[cell];
    const std::uint32_t other = pairs.only_second[cell];
    return {(static_cast<double>(other) - static_cast<double>(one)) / static_cast<double>(pairs.seeds),
            interval(other, one), first.probability[cell] > 0.0F || second.probability[cell] > 0.0F};
  });
}

}  // namespace firesweep
