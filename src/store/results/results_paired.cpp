#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "firesweep/ensemble/estimate_rows.hpp"

#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// Writes the pairs of danger levels, which become a dimension.
void write_pairs(const ResultsContent& content, GroupWriter& group, const Axis& levels,
                 const std::vector<LevelDifferences::Pair>& pairs) {
  std::vector<std::string> first;
  std::vector<std::string> second;
  std::vector<std::string> both;
  for (const LevelDifferences::Pair& pair : pairs) {
    first.push_back(label(levels, pair.first));
    second.push_back(label(levels, pair.second));
    both.push_back(second.back() + " - " + first.back());
  }
  group.coordinate(arrays::pair, both);
  content.write_whole(group, arrays::first_danger_level, first);
  content.write_whole(group, arrays::second_danger_level, second);
}

/// Writes the number of seeds behind every difference.
void write_seeds(const ResultsContent& content, GroupWriter& group, const Variable& variable,
                 const std::vector<LevelDifference>& differences) {
  std::vector<std::int64_t> seeds;
  for (const LevelDifference& difference : differences)
    seeds.push_back(static_cast<std::int64_t>(difference.mean.difference.count));
  content.write_whole(group, arrays::difference_seeds, variable, seeds);
}

void write(const ResultsContent& content, GroupWriter& group, const EstimateRow<LevelDifference>& row,
           const Variable& variable, const std::vector<LevelDifference>& differences) {
  std::vector<double> values;
  for (const LevelDifference& difference : differences)
    std::ranges::transform(row.numbers(difference), std::back_inserter(values), canonical);
  content.write_whole(group, array_of(row), variable, values);
}

}  // namespace

void write_differences(const ResultsContent& content) {
  const auto& differences = content.estimates().differences;
  if (!differences) return;
  GroupWriter group = content.root().create_group(arrays::pair.group);
  for (const Axis& axis : content.experiment().axes)
    if (std::holds_alternative<DangerLevelAxis>(axis)) write_pairs(content, group, axis, differences->pairs);
  write_seeds(content, group, arrays::difference_seeds, differences->between);
  write_seeds(content, group, given_start_of(arrays::difference_seeds), differences->given_start);
  for (const EstimateRow<LevelDifference>& row : difference_rows()) {
    const Variable variable = array_of(row);
    write(content, group, row, variable, differences->between);
    write(content, group, row, given_start_of(variable), differences->given_start);
  }
}

}  // namespace firesweep
