#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "firesweep/statistics/bootstrap.hpp"
#include "firesweep/statistics/mean.hpp"

namespace firesweep {

/// sum l^3 / (6 (sum l^2)^1.5) of the influences l of each value on an estimate; 0 if they are all zero. It
/// lies within -1/6 .. 1/6.
double acceleration(std::span<const double> influences);

/// The value of that rank, the least being of rank 1; the least or the greatest beyond them. There is one.
double at_rank(std::span<const double> sorted, double rank);

/// The BCa interval of `estimate` from its resamples, which are sorted in passing. See bca_mean_interval.
Interval bca_interval(std::vector<double>& resampled, double estimate, double acceleration,
                      double confidence);

/// Calls take(index) for each of the `count` values, 0..count - 1, that resample number `resample` draws.
template <typename Take>
void resample(std::size_t count, std::size_t number, const RandomWords& words, Take&& take) {
  const std::uint64_t half_words = (count + 1) / 2;
  for (std::uint64_t i = 0; i < half_words; ++i) {
    const std::uint64_t word = words(number * half_words + i);
    take(((word & 0xFFFF'FFFF) * count) >> 32);
    if (2 * i + 1 < count) take(((word >> 32) * count) >> 32);
  }
}

}  // namespace firesweep
