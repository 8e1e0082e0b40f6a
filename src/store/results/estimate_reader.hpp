#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "firesweep/ensemble/estimate_rows.hpp"
#include "firesweep/statistics/nan.hpp"

#include "hdf5/hdf5.hpp"

namespace firesweep {

/// Reads the estimate of a row, from the dataset `name`, into owners that have a place for each of its
/// numbers: owner(i) is the i-th of `owners`. They become NaN if there is no such dataset. Throws hdf5::Error
/// if it has another size, or a number that such an estimate cannot be.
template <class Owner, class Place>
void read_estimate(const hdf5::Handle& group, const std::string& name, const EstimateRow<Owner>& row,
                   std::size_t owners, const Place& owner) {
  if (!hdf5::has_link(group.id(), name)) {
    for (std::size_t i = 0; i < owners; ++i) row.visit(owner(i), [](double& number) { number = nan; });
    return;
  }
  std::size_t wanted = 0;
  for (std::size_t i = 0; i < owners; ++i) wanted += row.numbers(owner(i)).size();
  const std::vector<double> values = hdf5::read_all<double>(group.id(), name, hdf5::exactly(wanted));
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!row.possible.include(values[i]))
      throw hdf5::Error(fmt::format("make sense of '{}', whose number {} is {}", name, i + 1, values[i]));
  std::size_t used = 0;
  for (std::size_t i = 0; i < owners; ++i)
    row.visit(owner(i), [&](double& number) { number = values[used++]; });
}

}  // namespace firesweep
