#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "firesweep/statistics/bootstrap.hpp"
#include "firesweep/statistics/mean.hpp"

namespace firesweep {

/// sum l^3 / (6 (sum l^2)^1.5) of the influences l of each value on an estimate; 0 if they are all zero. It
/// lies within -1/6 .. 1/6. The influences are what is given less `middle`.
double acceleration(std::span<const double> influences, double middle = 0.0);

/// The value of that rank, the least being of rank 1; the least or the greatest beyond them. There is one.
double at_rank(std::span<const double> sorted, double rank);

/// The BCa interval of `estimate` from its resamples, which are sorted in passing. See bca_mean_interval.
Interval bca_interval(std::vector<double>& resampled, double estimate, double acceleration,
                      double confidence);

/// Calls take(k, index) for each of the `count` values, 0..count - 1, that the resample number first + k draws, for
/// k = 0..`together` - 1: side by side, as the sums of one resample wait for each other.
template <std::size_t together, typename Take>
void resample(std::size_t count, std::size_t first, const RandomWords& words, Take&& take) {
  const std::size_t half_words = (count + 1) / 2;
  std::vector<std::uint64_t> drawn(together * half_words);
  words(first * half_words, drawn);
  const auto take_low = [&](std::size_t k, std::size_t i) {
    take(k, ((drawn[k * half_words + i] & 0xFFFF'FFFF) * count) >> 32);
  };
  for (std::size_t i = 0; i < count / 2; ++i) {
    for (std::size_t k = 0; k < together; ++k) {
      take_low(k, i);
      take(k, ((drawn[k * half_words + i] >> 32) * count) >> 32);
    }
  }
  for (std::size_t k = 0; k < together && count % 2 == 1; ++k) take_low(k, half_words - 1);
}

}  // namespace firesweep
