#include "firesweep/statistics/map_difference.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "firesweep/check/contract.hpp"
#include "firesweep/statistics/interval.hpp"
#include "firesweep/statistics/nan.hpp"

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

}  // namespace

MapDifference difference_of_maps(const BurnMap& first, const BurnMap& second, double confidence) {
  expects(first.probability.size() == second.probability.size(),
          "maps that are compared have the same cells");
  IntervalsOfMap of_first(first.runs, confidence);
  IntervalsOfMap of_second(second.runs, confidence);
  MapDifference result;
  result.difference.assign(first.probability.size(), static_cast<float>(nan));
  result.marks.assign(first.probability.size(), CellMark::unknown);
  for (std::size_t cell = 0; cell < result.marks.size(); ++cell) {
    const float one = first.probability[cell];
    const float other = second.probability[cell];
    if (std::isnan(one) || std::isnan(other)) continue;
    const std::uint64_t before = of_first.burnt(one);
    const std::uint64_t after = of_second.burnt(other);
    const double from = of_first.share(before);
    const double to = of_second.share(after);
    const CellMark mark = mark_of(newcombe_interval(to, of_second.of(after), from, of_first.of(before)));
    result.difference[cell] = static_cast<float>(to - from);
    result.marks[cell] = mark;
    ++result.cells;
    if (before + after > 0) ++result.could_differ;
    if (mark == CellMark::less) ++result.less;
    if (mark == CellMark::more) ++result.more;
  }
  result.by_chance = (1.0 - confidence) * static_cast<double>(result.could_differ);
  return result;
}

}  // namespace firesweep
