#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "firesweep/ensemble/estimate_rows.hpp"

#include "results/estimate_dimensions.hpp"
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

/// Writes datasets over the other axes and the pairs.
class DifferenceWriter {
 public:
  DifferenceWriter(const ResultsContent& content, GroupWriter& group) : group_(group) {
    for (const std::string& axis : content.dimensions())
      if (axis != "danger_level") dimensions_.push_back(axis);
    dimensions_.emplace_back("pair");
  }

  /// Writes the number of seeds behind every difference.
  void write_seeds(const Variable& variable, const std::vector<LevelDifference>& differences) {
    std::vector<std::int64_t> seeds;
    for (const LevelDifference& difference : differences)
      seeds.push_back(static_cast<std::int64_t>(difference.mean.difference.count));
    group_.write(variable, dimensions_, seeds);
  }

  void write(const EstimateRow<LevelDifference>& row, const Variable& variable,
             const std::vector<LevelDifference>& differences) {
    std::vector<double> values;
    for (const LevelDifference& difference : differences)
      std::ranges::transform(row.numbers(difference), std::back_inserter(values), canonical);
    GroupWriter::Dimensions dimensions = dimensions_;
    std::ranges::copy(dimensions_of(row), std::back_inserter(dimensions));
    group_.write(variable, dimensions, values);
  }

 private:
  GroupWriter& group_;
  GroupWriter::Dimensions dimensions_;
};

}  // namespace

void write_differences(const ResultsContent& content) {
  const auto& differences = content.estimates().differences;
  if (!differences) return;
  GroupWriter group = content.root().create_group("paired");
  for (const Axis& axis : content.experiment().axes)
    if (name(axis) == "danger_level") write_pairs(group, axis, differences->pairs);

  DifferenceWriter writer(content, group);
  const Variable seeds{"difference_seeds", "1", "seeds whose runs are ok at both levels"};
  writer.write_seeds(seeds, differences->between);
  writer.write_seeds(given_start_of(seeds), differences->given_start);
  for (const EstimateRow<LevelDifference>& row : difference_rows()) {
    if (!has_dimensions_of(group, row)) continue;
    writer.write(row, variable_of(row), differences->between);
    writer.write(row, given_start_of(variable_of(row)), differences->given_start);
  }
}

}  // namespace firesweep
