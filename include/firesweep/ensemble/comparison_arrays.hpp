#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "firesweep/ensemble/array_rows.hpp"
#include "firesweep/ensemble/differences.hpp"
#include "firesweep/ensemble/estimate_rows.hpp"

namespace firesweep {

/// The group of results files that compares the values of an axis: "paired" of danger levels, else "paired_AXIS".
std::string comparison_group(std::string_view axis);

/// What the group's lists of the two values of each pair are called: "first_AXIS", "second_AXIS".
std::string first_of_pair(std::string_view axis);
std::string second_of_pair(std::string_view axis);

/// The arrays of that group. Their names belong to this, which must outlive them.
class ComparisonArrays {
 public:
  explicit ComparisonArrays(std::string_view axis);
  ComparisonArrays(const ComparisonArrays&) = delete;
  ComparisonArrays& operator=(const ComparisonArrays&) = delete;

  const std::string& group() const { return group_; }
  Array<std::string> pair() const;
  Array<std::string> first() const;
  Array<std::string> second() const;
  Array<std::int64_t> seeds() const;
  /// One of those of pairs that `arrays` lists for danger levels, in this group.
  template <class T>
  Array<T> here(Array<T> array) const {
    array.group = group_;
    return array;
  }
  Array<double> of(const EstimateRow<PairDifference>& row) const;
  Array<double> of(const EstimateRow<PairedDifference>& row) const;

  /// All of them, those of the losses of these assets as well.
  std::vector<ArrayRow> all(const std::vector<Assets>& sets) const;

 private:
  std::string group_;
  std::string first_;
  std::string second_;
  bool is_of_levels_;
};

}  // namespace firesweep
