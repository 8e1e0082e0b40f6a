#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "firesweep/ensemble/comparison_arrays.hpp"

#include "results/results_content.hpp"

namespace firesweep {
namespace {

/// Writes the differences along one axis into their group.
class DifferenceWriter {
 public:
  DifferenceWriter(const ResultsContent& content, const AxisDifferences& differences)
      : content_(content),
        differences_(differences),
        axis_(content.experiment().axes[differences.axis]),
        arrays_(name(axis_)),
        group_(content.root().create_group(arrays_.group())) {}

  void write() {
    write_pairs();
    write_seeds(arrays_.seeds(), differences_.between);
    write_seeds(given_start_of(arrays_.seeds()), differences_.given_start);
    for (const EstimateRow<PairDifference>& row : difference_rows()) {
      const Variable variable = arrays_.of(row);
      write_row(row, variable, differences_.between);
      write_row(row, given_start_of(variable), differences_.given_start);
    }
  }

 private:
  /// The pairs of values, which become a dimension.
  void write_pairs() {
    std::vector<std::string> first;
    std::vector<std::string> second;
    std::vector<std::string> both;
    for (const AxisPair& pair : differences_.pairs) {
      first.push_back(label(axis_, pair.first));
      second.push_back(label(axis_, pair.second));
      both.push_back(second.back() + " - " + first.back());
    }
    group_.coordinate(arrays_.pair(), both);
    content_.write_whole(group_, arrays_.first(), first);
    content_.write_whole(group_, arrays_.second(), second);
  }

  /// The number of seeds behind every difference.
  void write_seeds(const Variable& variable, const std::vector<PairDifference>& differences) {
    std::vector<std::int64_t> seeds;
    for (const PairDifference& difference : differences)
      seeds.push_back(static_cast<std::int64_t>(difference.mean.difference.count));
    content_.write_whole(group_, arrays_.seeds(), variable, seeds);
  }

  void write_row(const EstimateRow<PairDifference>& row, const Variable& variable,
                 const std::vector<PairDifference>& differences) {
    std::vector<double> values;
    for (const PairDifference& difference : differences)
      std::ranges::transform(row.numbers(difference), std::back_inserter(values), canonical);
    content_.write_whole(group_, arrays_.of(row), variable, values);
  }

  const ResultsContent& content_;
  const AxisDifferences& differences_;
  const Axis& axis_;
  ComparisonArrays arrays_;
  GroupWriter group_;
};

}  // namespace

void write_differences(const ResultsContent& content) {
  for (const AxisDifferences& differences : content.estimates().differences)
    DifferenceWriter(content, differences).write();
}

}  // namespace firesweep
