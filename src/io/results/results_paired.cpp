#include <cstdint>
#include <string>
#include <vector>

#include "results/estimate_column.hpp"
#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// Writes the pairs of danger levels, which become a dimension.
void write_pairs(GroupWriter& group, const Axis& levels, const std::vector<LevelDifferences::Pair>& pairs) {
  std::vector<std::string> first;
  std::vector<std::string> second;
  std::vector<std::string> both;
  for (const LevelDifferences::Pair& pair : pairs) {
    first.push_back(label(levels, pair.first));
    second.push_back(label(levels, pair.second));
    both.push_back(second.back() + " - " + first.back());
  }
  group.coordinate({"pair", "1", "two fire danger levels, the second less the first"}, both);
  group.write({"first_danger_level", "1", "the level that is subtracted"}, {"pair"}, first);
  group.write({"second_danger_level", "1", "the level that it is subtracted from"}, {"pair"}, second);
}

/// Writes datasets over the other axes and the pairs, one estimate of every difference in each.
class DifferenceWriter {
 public:
  DifferenceWriter(const ResultsContent& content, GroupWriter& group)
      : group_(group), differences_(content.estimates().differences->between) {
    for (const std::string& axis : content.dimensions())
      if (axis != "danger_level") dimensions_.push_back(axis);
    dimensions_.emplace_back("pair");
  }

  /// Writes the number of seeds behind every difference.
  void write_seeds() {
    std::vector<std::uint64_t> seeds;
    for (const LevelDifference& difference : differences_) seeds.push_back(difference.mean.difference.count);
    group_.write({"difference_seeds", "1", "seeds whose runs are ok at both levels"}, dimensions_, seeds);
  }

  /// add(difference, column) adds the estimate, which has the dimensions `more`.
  template <class Add>
  void write(const Variable& variable, const GroupWriter::Dimensions& more, const Add& add) {
    EstimateColumn column;
    for (const LevelDifference& difference : differences_) add(difference, column);
    GroupWriter::Dimensions dimensions = dimensions_;
    dimensions.insert(dimensions.end(), more.begin(), more.end());
    group_.write(variable, dimensions, column.values());
  }

 private:
  GroupWriter& group_;
  const std::vector<LevelDifference>& differences_;
  GroupWriter::Dimensions dimensions_;
};

void write_mean(DifferenceWriter& writer) {
  writer.write({"difference_mean", "1", "mean difference of the burn fraction, seed by seed"}, {},
               [](const LevelDifference& d, EstimateColumn& out) { out.add(d.mean.difference.mean); });
  writer.write({"difference_ci", "1", "t interval of the mean difference"}, {"bound"},
               [](const LevelDifference& d, EstimateColumn& out) { out.add(d.mean.interval); });
  writer.write({"difference_bounds", "1", "mean difference if all failed or missing runs went either way"},
               {"bound"}, [](const LevelDifference& d, EstimateColumn& out) { out.add(d.mean_bounds); });
  writer.write({"variance_reduction", "1", "independent runs that each pair of runs with one seed is worth"},
               {}, [](const LevelDifference& d, EstimateColumn& out) { out.add(d.mean.variance_reduction); });
  writer.write({"correlation", "1", "correlation of the burn fractions over seeds"}, {},
               [](const LevelDifference& d, EstimateColumn& out) { out.add(d.mean.correlation); });
}

void write_exceedance(DifferenceWriter& writer) {
  writer.write({"exceedance_difference", "1", "difference of the exceedance"}, {"threshold"},
               [](const LevelDifference& d, EstimateColumn& out) {
                 for (const PairedExceedance& point : d.exceedance) out.add(point.difference);
               });
  writer.write({"exceedance_difference_ci", "1", "interval of it, by common seeds"}, {"threshold", "bound"},
               [](const LevelDifference& d, EstimateColumn& out) {
                 for (const PairedExceedance& point : d.exceedance) out.add(point.interval);
               });
  writer.write(
      {"exceedance_difference_bounds", "1", "the same if all failed or missing runs went either way"},
      {"threshold", "bound"},
      [](const LevelDifference& d, EstimateColumn& out) { out.add(d.exceedance_bounds); });
}

}  // namespace

void write_differences(const ResultsContent& content) {
  const auto& differences = content.estimates().differences;
  if (!differences) return;
  GroupWriter group = content.root().create_group("paired");
  for (const Axis& axis : content.experiment().axes)
    if (name(axis) == "danger_level") write_pairs(group, axis, differences->pairs);

  DifferenceWriter writer(content, group);
  writer.write_seeds();
  write_mean(writer);
  if (content.root().has_dimension("threshold")) write_exceedance(writer);
}

}  // namespace firesweep
