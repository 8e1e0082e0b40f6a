#pragma once

#include <cstddef>
#include <span>

namespace firesweep {

/// A closed interval of the real line.
struct Interval {
  double lower = 0.0;
  double upper = 0.0;
};

/// Mean of n values with its sample standard deviation (n - 1) and standard error; NaN where n is too small.
struct Mean {
  std::size_t count = 0;
  double mean = 0.0;
  double standard_deviation = 0.0;
  double standard_error = 0.0;
};

/// Two passes in the order of `values`, so the same values give the same bits; of n equal values it is that
/// value, exactly. Mean is NaN for n = 0, the others for n < 2.
Mean mean_of(std::span<const double> values);

/// Student's t interval of the mean: mean -+ t(n - 1, (1 + confidence) / 2) standard errors, 0 < confidence <
/// 1; NaN for n < 2. It is not cut to the range of the values, and for few values of a skewed distribution it
/// covers less than it says.
Interval mean_interval(const Mean& mean, double confidence);

}  // namespace firesweep
