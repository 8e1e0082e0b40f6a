#pragma once

#include <cstddef>
#include <vector>

#include "firesweep/experiment/experiment.hpp"
#include "firesweep/experiment/plan.hpp"

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

/// A scenario and an earlier one, which has another value on one compared axis.
struct ScenarioPair {
  std::size_t axis;     ///< index into compared_axes()
  std::size_t pair;     ///< index into pairs_of() that axis' values
  std::size_t earlier;  ///< scenario
};

/// Those whose fires are compared cell by cell while the runs of `scenario` are made: with each earlier value on each
/// compared axis, excluded ones left out. None unless outputs.paired_maps asks for it.
std::vector<ScenarioPair> paired_map_pairs(const Plan& plan, std::size_t scenario);

}  // namespace firesweep
