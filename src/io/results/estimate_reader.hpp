#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "firesweep/statistics/mean.hpp"

#include "hdf5/hdf5.hpp"

namespace firesweep {

/// Reads datasets of estimates, each with the same rows, into where they belong.
class EstimateReader {
 public:
  /// `group` must outlive it.
  EstimateReader(const hdf5::Handle& group, std::size_t rows) : group_(group), rows_(rows) {}

  /// Sets place(row), a number, an interval or a vector of them as long as it is to become, for every row.
  /// They become NaN if there is no such dataset. Throws hdf5::Error if it has another size.
  template <class Place>
  void read(const std::string& name, const Place& place) const {
    if (!hdf5::has_link(group_.id(), name)) {
      for (std::size_t row = 0; row < rows_; ++row)
        set(place(row), [] { return std::numeric_limits<double>::quiet_NaN(); });
      return;
    }
    const std::vector<double> values = hdf5::read_all<double>(group_.id(), name);
    std::size_t used = 0;
    const auto next = [&] {
      if (used == values.size()) throw hdf5::Error("make '" + name + "' fit the matrix");
      return values[used++];
    };
    for (std::size_t row = 0; row < rows_; ++row) set(place(row), next);
    if (used != values.size()) throw hdf5::Error("make '" + name + "' fit the matrix");
  }

 private:
  template <class Next>
  static void set(double& value, const Next& next) {
    value = next();
  }
  template <class Next>
  static void set(Interval& interval, const Next& next) {
    interval.lower = next();
    interval.upper = next();
  }
  template <class Estimate, class Next>
  static void set(std::vector<Estimate>& estimates, const Next& next) {
    for (Estimate& estimate : estimates) set(estimate, next);
  }

  const hdf5::Handle& group_;
  std::size_t rows_;
};

}  // namespace firesweep
