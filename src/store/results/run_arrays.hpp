#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>

#include "firesweep/check/contract.hpp"
#include "firesweep/ensemble/run_quantity.hpp"
#include "firesweep/ensemble/stored_arrays.hpp"
#include "firesweep/statistics/nan.hpp"

namespace firesweep {

/// Sets what an array holds of runs, as numbers of type T, `unknown` unless they are ok.
template <class T>
void set_quantity(const RunQuantity& quantity, const Land& land, T unknown, const RunRows& runs,
                  std::span<T> column) {
  std::array<RunRecord, runs_at_once> records;
  for (std::size_t first = 0; first < column.size(); first += records.size()) {
    const auto some = std::span(records).first(std::min(records.size(), column.size() - first));
    if (runs.rows(first, some.size()).count(RunStatus::missing) ==
        some.size()) {  // at checkpoints most may be
      std::ranges::fill(column.subspan(first, some.size()), unknown);
      continue;
    }
    runs.read(first, some, quantity.member);
    std::ranges::transform(some, column.subspan(first).begin(), [&](const RunRecord& record) {
      const double value = quantity.known(record, land);
      if (std::isnan(value)) return unknown;
      if constexpr (std::is_integral_v<T>)
        expects(value <= static_cast<double>(std::numeric_limits<T>::max()), "a count fits its dataset");
      return static_cast<T>(value);
    });
  }
}

/// Calls use(array, set) for every array that a file holds of the experiment's runs: set(runs, column) sets what it
/// holds of some. Any thread may call that.
template <class Use>
void for_each_run_array(const Experiment& experiment, const Use& use) {
  use(arrays::status, [](const RunRows& runs, std::span<std::uint8_t> column) {
    runs.of<&RunRecord::status>().visit([&](auto statuses) {
      std::ranges::transform(statuses, column.begin(),
                             [](auto value) { return static_cast<std::uint8_t>(value); });
    });
  });
  for (const RunQuantity& quantity : run_quantities()) {
    const auto use_as = [&]<class T>(T unknown) {
      use(Array<T>(array_of(quantity)),
          [&quantity, land = land_of(experiment), unknown](const RunRows& runs, std::span<T> column) {
            set_quantity(quantity, land, unknown, runs, column);
          });
    };
    switch (quantity.storage) {
      case RunQuantity::Storage::share:
      case RunQuantity::Storage::amount:
        use_as(nan);
        break;
      case RunQuantity::Storage::count_4:
        use_as(std::int32_t{-1});
        break;
      case RunQuantity::Storage::count_8:
        use_as(std::int64_t{-1});
        break;
    }
  }
}

}  // namespace firesweep
