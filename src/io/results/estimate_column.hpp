#pragma once

#include <cmath>
#include <limits>
#include <vector>

#include "firesweep/statistics/mean.hpp"

namespace firesweep {

/// The one NaN of results files, whatever sign and payload the machine's arithmetic gave.
inline double canonical(double value) {
  return std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value;
}

/// Estimates in the order of their dataset.
class EstimateColumn {
 public:
  void add(double value) { values_.push_back(canonical(value)); }
  void add(const Interval& interval) {
    add(interval.lower);
    add(interval.upper);
  }
  template <class Estimate>
  void add(const std::vector<Estimate>& estimates) {
    for (const Estimate& estimate : estimates) add(estimate);
  }

  const std::vector<double>& values() const { return values_; }

 private:
  std::vector<double> values_;
};

}  // namespace firesweep
