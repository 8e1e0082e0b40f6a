#include "firesweep/ensemble/comparison_arrays.hpp"

#include "firesweep/ensemble/asset_arrays.hpp"

namespace firesweep {
std::string comparison_group(std::string_view axis) {
  const std::string group(arrays::pair.group);
  return axis == DangerLevelAxis::name ? group : group + "_" + std::string(axis);
}

std::string first_of_pair(std::string_view axis) {
  return "first_" + std::string(axis);
}

std::string second_of_pair(std::string_view axis) {
  return "second_" + std::string(axis);
}

ComparisonArrays::ComparisonArrays(std::string_view axis)
    : group_(comparison_group(axis)),
      first_(first_of_pair(axis)),
      second_(second_of_pair(axis)),
      is_of_levels_(axis == DangerLevelAxis::name) {}

Array<std::string> ComparisonArrays::pair() const {
  if (is_of_levels_) return arrays::pair;
  Array<std::string> array = here(arrays::pair);
  array.meaning = "two values of the axis, the second less the first";
  return array;
}

Array<std::string> ComparisonArrays::first() const {
  Array<std::string> array = here(arrays::first_of_pair);
  array.name = first_;
  if (is_of_levels_) array.meaning = "the level that is subtracted";
  return array;
}

Array<std::string> ComparisonArrays::second() const {
  Array<std::string> array = here(arrays::second_of_pair);
  array.name = second_;
  if (is_of_levels_) array.meaning = "the level that it is subtracted from";
  return array;
}

Array<std::int64_t> ComparisonArrays::seeds() const {
  Array<std::int64_t> array = here(arrays::difference_seeds);
  if (is_of_levels_) array.meaning = "seeds whose runs are ok at both levels";
  return array;
}

Array<double> ComparisonArrays::of(const EstimateRow<PairDifference>& row) const {
  return here(array_of(row));
}

Array<double> ComparisonArrays::of(const EstimateRow<PairedDifference>& row) const {
  return here(array_of(row));
}

std::vector<ArrayRow> ComparisonArrays::all(const std::vector<Assets>& sets) const {
  std::vector<ArrayRow> all = {pair(),
                               first(),
                               second(),
                               seeds(),
                               here(arrays::map_seeds),
                               here(arrays::only_first_count),
                               here(arrays::only_second_count),
                               here(arrays::burn_probability_difference),
                               here(arrays::burn_probability_difference_ci)};
  for (const EstimateRow<PairDifference>& row : difference_rows()) all.push_back(of(row));
  for (const EstimateRow<PairedDifference>& row : year_difference_rows()) all.push_back(of(row));
  for (const Assets& assets : sets) {
    const AssetArrays& own = arrays_of(assets);
    for (const auto& row : own.difference_rows()) all.push_back(own.array_of(row, group_));
    for (const auto& row : own.hit_difference_rows()) all.push_back(own.array_of(row, group_));
    for (const auto& row : own.year_difference_rows()) all.push_back(own.array_of(row, group_));
  }
  return all;
}

}  // namespace firesweep
