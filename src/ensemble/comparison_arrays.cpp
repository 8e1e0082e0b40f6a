#include "firesweep/ensemble/comparison_arrays.hpp"

#include "firesweep/ensemble/asset_arrays.hpp"

namespace firesweep {
namespace {

template <class T>
Array<T> in_group(Array<T> array, std::string_view group) {
  array.group = group;
  return array;
}

}  // namespace

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
  Array<std::string> array = in_group(arrays::pair, group_);
  array.meaning = "two values of the axis, the second less the first";
  return array;
}

Array<std::string> ComparisonArrays::first() const {
  Array<std::string> array = in_group(arrays::first_of_pair, group_);
  array.name = first_;
  if (is_of_levels_) array.meaning = "the level that is subtracted";
  return array;
}

Array<std::string> ComparisonArrays::second() const {
  Array<std::string> array = in_group(arrays::second_of_pair, group_);
  array.name = second_;
  if (is_of_levels_) array.meaning = "the level that it is subtracted from";
  return array;
}

Array<std::int64_t> ComparisonArrays::seeds() const {
  Array<std::int64_t> array = in_group(arrays::difference_seeds, group_);
  if (is_of_levels_) array.meaning = "seeds whose runs are ok at both levels";
  return array;
}

Array<double> ComparisonArrays::of(const EstimateRow<PairDifference>& row) const {
  return in_group(array_of(row), group_);
}

Array<double> ComparisonArrays::of(const EstimateRow<PairedDifference>& row) const {
  return in_group(array_of(row), group_);
}

std::vector<ArrayRow> ComparisonArrays::all(const std::vector<Assets>& sets) const {
  std::vector<ArrayRow> all = {pair(), first(), second(), seeds()};
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
