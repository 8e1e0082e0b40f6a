#pragma once

#include <cstddef>
#include <vector>

#include "firesweep/experiment/experiment.hpp"

namespace firesweep {

/// An axis of more values than this is compared only where outputs.compare names it: n values are n (n - 1) / 2
/// pairs, 66 of 12 and 66 430 of the days of a year.
inline constexpr std::size_t most_compared_unless_named = 12;

/// The axes whose values are compared in pairs, as indices of Experiment::axes, ascending: those that
/// outputs.compare names, else all of two values to most_compared_unless_named. Samples of a design differ in many
/// things at once, and are not.
std::vector<std::size_t> compared_axes(const Experiment& experiment);

/// Two values of an axis.
struct AxisPair {
  std::size_t first;   ///< index along the axis
  std::size_t second;  ///< a later one
};

/// All pairs of so many values, in the order of the values.
std::vector<AxisPair> pairs_of(std::size_t values);

/// Their number.
constexpr std::size_t count_pairs(std::size_t values) {
  return values < 2 ? 0 : values * (values - 1) / 2;
}

}  // namespace firesweep
