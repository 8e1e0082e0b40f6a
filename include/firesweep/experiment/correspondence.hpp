#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "firesweep/experiment/plan.hpp"

namespace firesweep {

/// Where the scenarios and seeds of one plan are found in another. Values on an axis correspond if their
/// labels are the same; nothing corresponds if the axes are not the same in the same order.
class Correspondence {
 public:
  Correspondence(const Plan& from, const Plan& to);

  bool has_same_axes() const { return has_same_axes_; }

  /// The index on the other plan's axis of the i-th value on the first's, or nothing if it is not there.
  std::optional<std::size_t> value(std::size_t axis, std::size_t i) const { return axes_[axis][i]; }

  /// The number in the other plan of the i-th scenario of the first, or nothing if it is not there.
  std::optional<std::size_t> scenario(std::size_t i) const;

  /// The index in the other plan's seeds of the i-th of the first, or nothing if it is not there.
  std::optional<std::size_t> seed(std::size_t i) const;

 private:
  bool has_same_axes_;
  MatrixShape from_;
  MatrixShape to_;
  std::vector<std::vector<std::optional<std::size_t>>>
      axes_;  // of every value, its index along the other's axis
  // The usual case takes no memory: the same seeds, or more of them at the end.
  std::size_t seeds_alike_ = 0;  // so many from the first on are the same in both
  std::vector<std::optional<std::size_t>> other_seeds_;
};

}  // namespace firesweep
