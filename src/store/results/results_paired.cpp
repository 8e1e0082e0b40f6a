#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "firesweep/ensemble/asset_arrays.hpp"
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
    write_losses();
    write_years();
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

  /// Writes a row of the owners that of(i) gives, for i from 0 in steps of `stride`.
  template <class Owner, class Of>
  void write_each(const EstimateRow<Owner>& row, const Array<double>& array, std::size_t first,
                  std::size_t end, std::size_t stride, const Of& of) {
    std::vector<double> values;
    for (std::size_t i = first; i < end; i += stride)
      std::ranges::transform(row.numbers(of(i)), std::back_inserter(values), canonical);
    content_.write_whole(group_, array, values);
  }

  void write_losses() {
    const std::vector<Assets>& sets = content_.experiment().assets;
    const std::size_t end = differences_.losses.size();
    for (std::size_t set = 0; set < sets.size(); ++set) {
      const AssetArrays& own = arrays_of(sets[set]);
      for (const auto& row : own.difference_rows())
        write_each(row, own.array_of(row, arrays_.group()), set, end, sets.size(),
                   [&](std::size_t i) -> const PairDifference& { return differences_.losses[i].loss; });
      for (const auto& row : own.hit_difference_rows())
        write_each(row, own.array_of(row, arrays_.group()), set, end, sets.size(),
                   [&](std::size_t i) -> const PairedExceedance& { return differences_.losses[i].hit; });
    }
  }

  void write_years() {
    if (differences_.years.empty()) return;
    for (const auto& row : year_difference_rows())
      write_each(row, arrays_.of(row), 0, differences_.years.size(), 1,
                 [&](std::size_t i) -> const PairedDifference& { return differences_.years[i]; });
    const std::vector<Assets>& sets = content_.experiment().assets;
    for (std::size_t set = 0; set < sets.size(); ++set)
      for (const auto& row : arrays_of(sets[set]).year_difference_rows())
        write_each(row, arrays_of(sets[set]).array_of(row, arrays_.group()), set,
                   differences_.loss_years.size(), sets.size(),
                   [&](std::size_t i) -> const PairedDifference& { return differences_.loss_years[i]; });
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
