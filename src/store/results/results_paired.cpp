#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "firesweep/ensemble/asset_arrays.hpp"
#include "firesweep/ensemble/comparison_arrays.hpp"
#include "firesweep/experiment/compared_axes.hpp"
#include "firesweep/statistics/paired.hpp"

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
    write_map_estimates();
    group_.hash_with(content_.sums().hash());  // the rest is exact
    write_map_counts();
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

  /// Calls visit(pair's maps, scenario) for every pair of scenarios, in the order of the group's arrays; with null for
  /// those of which one is excluded.
  void for_each_pair(const auto& visit) const {
    const Plan& plan = content_.plan();
    const std::vector<std::size_t> compared = compared_axes(content_.experiment());
    const std::size_t length = plan.shape().length(differences_.axis);
    for (std::size_t rest = 0; rest < plan.scenarios() / length; ++rest)
      for (std::size_t p = 0; p < differences_.pairs.size(); ++p) {
        const std::size_t scenario =
            plan.shape().element_at(differences_.axis, differences_.pairs[p].second, rest);
        const std::vector<ScenarioPair> pairs = paired_map_pairs(plan, scenario);
        const auto own = std::ranges::find_if(pairs, [&](const ScenarioPair& pair) {
          return compared[pair.axis] == differences_.axis && pair.pair == p;
        });
        visit(own == pairs.end()
                  ? nullptr
                  : &content_.results().pairs(scenario)[static_cast<std::size_t>(own - pairs.begin())],
              scenario);
      }
  }

  template <class T>
  void write_maps(const Array<T>& array, const auto& fill) {
    if (!content_.has(group_, array)) return;
    std::size_t numbers = content_.experiment().base.extent.cells();
    if (array.dimensions().back() == &arrays::bound) numbers *= 2;
    DatasetStream stream = group_.stream<T>(array, content_.dimensions(array));
    std::vector<T> map;
    for_each_pair([&](const PairMaps* pair, std::size_t scenario) {
      map.assign(numbers, T{});
      fill(pair, scenario, std::span<T>(map));
      stream.append(std::span<const T>(map));
    });
    stream.finish();
    content_.place_map(group_, array);
  }

  void write_map_counts() {
    std::vector<std::int64_t> seeds;
    if (content_.has(group_, arrays_.here(arrays::map_seeds)))
      for_each_pair([&](const PairMaps* pair, std::size_t) {
        seeds.push_back(pair == nullptr ? 0 : static_cast<std::int64_t>(pair->seeds));
      });
    content_.write_whole(group_, arrays_.here(arrays::map_seeds), seeds);
    write_maps(arrays_.here(arrays::only_first_count),
               [](const PairMaps* pair, std::size_t, std::span<std::int32_t> map) {
                 if (pair != nullptr) std::ranges::copy(pair->only_first, map.begin());
               });
    write_maps(arrays_.here(arrays::only_second_count),
               [](const PairMaps* pair, std::size_t, std::span<std::int32_t> map) {
                 if (pair != nullptr) std::ranges::copy(pair->only_second, map.begin());
               });
  }

  /// Sets what is estimated of every cell from how often it burnt in one fire of a pair alone; of_pairs(seeds) gives what
  /// does, called with (first, second, out).
  template <std::size_t numbers>
  void write_map_estimate(const Array<float>& array, const auto& of_pairs) {
    write_maps(array, [&](const PairMaps* pair, std::size_t scenario, std::span<float> map) {
      std::ranges::fill(map, static_cast<float>(nan));
      if (pair == nullptr || pair->seeds == 0) return;
      const std::span<const std::uint8_t> land = content_.land(scenario);
      const auto estimate = of_pairs(pair->seeds);
      for (std::size_t cell = 0; cell < pair->only_first.size(); ++cell)
        if (land.empty() || land[cell] != 0)
          estimate(pair->only_first[cell], pair->only_second[cell], map.subspan(cell * numbers, numbers));
    });
  }

  void write_map_estimates() {
    write_map_estimate<1>(arrays_.here(arrays::burn_probability_difference), [](std::uint64_t seeds) {
      return [seeds](std::uint32_t first, std::uint32_t second, std::span<float> out) {
        out[0] = static_cast<float>((static_cast<double>(second) - static_cast<double>(first)) /
                                    static_cast<double>(seeds));
      };
    });
    const double confidence = content_.experiment().outputs.confidence;
    write_map_estimate<2>(arrays_.here(arrays::burn_probability_difference_ci),
                          [confidence](std::uint64_t seeds) {
                            return [interval = ShareDifferenceInterval(seeds, confidence)](
                                       std::uint32_t first, std::uint32_t second, std::span<float> out) {
                              const Interval bounds = interval(second, first);
                              out[0] = static_cast<float>(bounds.lower);
                              out[1] = static_cast<float>(bounds.upper);
                            };
                          });
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
